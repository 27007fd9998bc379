"""Validators of the catalogue's fields; the rules themselves are in `consistency`.

A linked validator stands at the field that is wrong and reads the fields it depends on,
so a form shows the message where it can be mended.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from typing import Any

from stdnum.cn import uscc

import ckan.plugins.toolkit as tk
from ckan import authz
from ckan.types import Context, FlattenDataDict, FlattenErrorDict, FlattenKey, Validator

from ckanext.gpo.catalogue import consistency, licences, model
from ckanext.gpo.common.errors import UnknownTable
from ckanext.gpo.common.tables import Table, table

# ---- Single values ----


def gpo_digits(shortest: int, longest: int | None = None) -> Validator:
    """A code of digits only, of one length or of a range of lengths."""
    most = longest or shortest

    def validator(value: Any) -> Any:
        if value and not re.fullmatch(rf"\d{{{shortest},{most}}}", value, re.ASCII):
            length = f"{shortest}–{most}" if most > shortest else f"{shortest}"
            raise tk.Invalid(tk._("{length} digits expected").format(length=length))
        return value

    return validator


def gpo_uscc(value: Any) -> Any:
    """统一社会信用代码 (GB 32100): 18 characters with the right check digit."""
    if value and not (uscc.is_valid(value) and uscc.compact(value) == value):
        raise tk.Invalid(
            tk._("Not a valid unified social credit code (18 characters, check digit)")
        )
    return value


def gpo_table_refs(value: Any) -> Any:
    """A JSON list of table refs, each described by a Data Package."""
    for ref in json.loads(value or "[]"):
        _known_table(ref)
    return value


def gpo_related_codes(value: Any) -> Any:
    """A JSON list of resource codes (1272号 item 13)."""
    for code in json.loads(value or "[]"):
        if not re.fullmatch(r"[1-3]\d+/[1-9]\d*", code, re.ASCII):
            raise tk.Invalid(tk._("{code} is not a resource code").format(code=code))
    return value


def gpo_licence(value: Any) -> Any:
    """A licence of the platform's register, or none."""
    if value and value not in licences.USED:
        names = ", ".join(licences.USED)
        raise tk.Invalid(
            tk._("There is no such licence here. Choose one of: {known}").format(
                known=names
            )
        )
    return value


# ---- Fields that a system fills in ----


def gpo_system_only(
    key: FlattenKey, data: FlattenDataDict, errors: FlattenErrorDict, context: Context
) -> None:
    """Keep what is stored when the field is absent; let only the system change it.

    The seed, the gate and sysadmins may. A form knows nothing of the field, and a person
    who sends back what `package_show` answered changes nothing.
    """
    stored = _stored(key, data, context)
    value = data.get(key, tk.missing)
    if value is tk.missing or value in (None, ""):
        if stored is None:
            data.pop(key, None)
            raise tk.StopOnError
        data[key] = stored
    elif not _same(value, stored) and not _is_system(context):
        raise tk.Invalid(tk._("This field is filled in by the platform"))


def gpo_structured(
    key: FlattenKey, data: FlattenDataDict, errors: FlattenErrorDict, context: Context
) -> None:
    """1272号 item 8: a structured resource names its information items."""
    ref = _value(data, key[-1]) or _stored(key, data, context) or ""
    _raise(consistency.table_ref(_value(data, "fmt_class"), ref, tk._))


def gpo_table_ref(
    key: FlattenKey, data: FlattenDataDict, errors: FlattenErrorDict, context: Context
) -> None:
    """A table of a Data Package, whose dataset this is."""
    ref = _value(data, key[-1])
    if ref and _known_table(ref).dataset_name != _value(data, "name"):
        raise tk.Invalid(tk._("This table belongs to another dataset"))


def gpo_provider_code(
    key: FlattenKey, data: FlattenDataDict, errors: FlattenErrorDict, context: Context
) -> None:
    """1272号 item 5: the department's own code, filled in when it is left empty."""
    code = model.organization_uscc(_value(data, "owner_org"))
    if not _value(data, key[-1]):
        data[key] = code or ""
    elif code and _value(data, key[-1]) != code:
        raise tk.Invalid(tk._("This is not the code of the department chosen"))


def gpo_res_code(
    key: FlattenKey, data: FlattenDataDict, errors: FlattenErrorDict, context: Context
) -> None:
    """1272号 item 3: numbered within its classification, and unique."""
    levels = ("cat_lei", "cat_xiang", "cat_mu", "cat_ximu")
    prefix = "".join(_value(data, level) for level in levels)
    code, stored = _value(data, key[-1]), str(_stored(key, data, context) or "")
    if code:
        _raise(consistency.res_code(prefix, code, tk._))
    if stored.startswith(f"{prefix}/") and code in ("", stored):
        data[key] = stored  # most updates: no need to hold up others who number
        return
    used = model.res_codes(prefix, _package_id(data, context))
    if not code:
        data[key] = consistency.next_res_code(prefix, used)
    elif code in used:
        raise tk.Invalid(tk._("Another dataset has this code"))


def gpo_title(
    key: FlattenKey, data: FlattenDataDict, errors: FlattenErrorDict, context: Context
) -> None:
    """1272号 item 2: no system's name, and told apart by more than punctuation."""
    others = model.dataset_titles(_package_id(data, context))
    _raise(consistency.title(_value(data, key[-1]), others, tk._))


# ---- Linked fields ----


def _linked(rule: Callable[..., str | None], *fields: str) -> Validator:
    """A validator that applies a rule to other fields and the one it stands at."""

    def validator(
        key: FlattenKey,
        data: FlattenDataDict,
        errors: FlattenErrorDict,
        context: Context,
    ) -> None:
        values = [_value(data, name) for name in (*fields, key[-1])]
        _raise(rule(*values, tk._))

    validator.__doc__ = rule.__doc__
    return validator


gpo_fmt_type = _linked(consistency.fmt_type, "fmt_class")
gpo_share_condition = _linked(consistency.share_condition, "share_type")
gpo_share_mode_class = _linked(consistency.share_mode_class, "share_type")
gpo_share_mode_type = _linked(
    consistency.share_mode_type, "fmt_class", "share_mode_class"
)
gpo_open_type = _linked(consistency.open_type, "is_open")
gpo_open_condition = _linked(consistency.open_condition, "open_type")
gpo_provenance = _linked(consistency.provenance, "data_kind")


def gpo_channels(
    key: FlattenKey, data: FlattenDataDict, errors: FlattenErrorDict, context: Context
) -> None:
    """Channels of a disclosure item: ■ or □, and 其他 spelt out."""
    if errors[key] or errors.get(("channels_optional",)):
        return
    required, optional = (
        json.loads(_value(data, f"channels_{kind}") or "[]")
        for kind in ("required", "optional")
    )
    _raise(consistency.channels(required, optional, _value(data, "channel_note"), tk._))


def gpo_needed_with(field: str, value: str) -> Validator:
    """Required as soon as another field has a certain value."""

    def validator(
        key: FlattenKey,
        data: FlattenDataDict,
        errors: FlattenErrorDict,
        context: Context,
    ) -> None:
        if _value(data, field) == value and not _value(data, key[-1]):
            raise tk.Invalid(tk._("Missing value"))

    return validator


def gpo_has_legal_basis(
    key: FlattenKey, data: FlattenDataDict, errors: FlattenErrorDict, context: Context
) -> None:
    """公开依据: an item names at least one law or document."""
    if not any(k[0] == "legal_basis" and data[k] for k in data):
        errors[("legal_basis",)] = [tk._("Name at least one legal basis")]


# ---- Reading the flattened data ----


def _value(data: FlattenDataDict, name: str) -> str:
    value = data.get((name,), tk.missing)
    return "" if value is tk.missing or value is None else str(value).strip()


def _package_id(data: FlattenDataDict, context: Context) -> str | None:
    package = context.get("package")
    return package.id if package else _value(data, "id") or None


def _stored(key: FlattenKey, data: FlattenDataDict, context: Context) -> Any:
    if key[0] == "resources":
        resource_id = data.get((*key[:2], "id"), tk.missing)
        id_ = None if resource_id is tk.missing else resource_id
        return model.stored_resource_extra(id_, key[-1])
    return model.stored_extra(_package_id(data, context), key[-1])


def _same(value: Any, stored: Any) -> bool:
    if isinstance(stored, str) and not isinstance(value, str):
        return json.dumps(value) == stored or str(value) == stored
    return value == stored or str(value) == str(stored)


def _is_system(context: Context) -> bool:
    return bool(context.get("ignore_auth")) or authz.is_sysadmin(context.get("user"))


def _known_table(ref: str) -> Table:
    try:
        return table(ref)
    except UnknownTable as err:
        raise tk.Invalid(
            tk._("No Data Package describes {table}").format(table=ref)
        ) from err


def _raise(finding: str | None) -> None:
    if finding:
        raise tk.Invalid(finding)
