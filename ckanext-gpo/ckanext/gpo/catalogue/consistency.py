"""Linked rules between the metadata items of 发改高技〔2017〕1272号.

Each function takes the values of the fields concerned and the translator, and returns
what is wrong as a sentence, or None. Values that are themselves wrong (not in their list)
are another validator's business and pass here.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterable

from . import codes

Translate = Callable[[str], str]
Finding = str | None


def fmt_type(fmt_class: str, value: str, _: Translate) -> Finding:
    """Item 7: the type has to belong to the class."""
    types = codes.permitted_values("fmt_class", fmt_class)
    if types and value not in types:
        return _("This type does not belong to the class of format chosen.")
    return None


def table_ref(fmt_class: str, value: str, _: Translate) -> Finding:
    """Item 8: a structured resource names its information items (类 02 and 03)."""
    if fmt_class in ("02", "03") and not value:
        return _("A spreadsheet or database needs a table with its information items.")
    return None


def share_condition(share_type: str, value: str, _: Translate) -> Finding:
    """Item 9: 有条件共享 needs the conditions, 不予共享 the legal ground."""
    if value:
        return None
    if share_type == "1":
        return _("Sharing on conditions needs the conditions.")
    if share_type == "2":
        return _("Data that is not shared needs the legal ground for it.")
    return None


def share_mode_class(share_type: str, value: str, _: Translate) -> Finding:
    """Item 9: what is shared is shared in some way."""
    if share_type in ("0", "1") and not value:
        return _("Shared data needs a way of sharing.")
    return None


def share_mode_type(
    fmt_class: str, mode_class: str, value: str, _: Translate
) -> Finding:
    """Item 9: the form belongs to the way, and fits the format.

    Files are shared as files, databases as database or API (联动约束).
    """
    types = codes.permitted_values("share_mode_class", mode_class)
    if not types:
        return None
    if value not in types:
        return _("This form does not belong to the way of sharing chosen.")
    storage = codes.entry("fmt_class", fmt_class).get("storage")
    if storage and storage not in codes.permitted_values(
        "share_mode_type", value, "storages"
    ):
        return _("Files are shared as files, databases as database or API.")
    return None


def open_type(is_open: str, value: str, _: Translate) -> Finding:
    """Item 10: 是否向社会开放 and 开放类型 say the same."""
    types = codes.permitted_values("is_open", is_open)
    if types and value not in types:
        return _("The type of opening contradicts whether the data is open.")
    return None


def open_condition(of_type: str, value: str, _: Translate) -> Finding:
    """Item 10: 有条件开放 needs the conditions."""
    if of_type == "conditional" and not value:
        return _("Opening on conditions needs the conditions.")
    return None


def provenance(data_kind: str, value: str, _: Translate) -> Finding:
    """Real data says where it is from and under which licence."""
    if data_kind == "real" and not value:
        return _("Real data needs its source and licence.")
    return None


def res_code(prefix: str, value: str, _: Translate) -> Finding:
    """Item 3: 类项目细目 + `/` + 顺序码."""
    if not re.fullmatch(rf"{re.escape(prefix)}/[1-9]\d*", value):
        return _(
            "The code is the classification {prefix}, a slash and a number."
        ).format(prefix=prefix)
    return None


def next_res_code(prefix: str, used: Iterable[str]) -> str:
    """The code after the highest one taken within a classification."""
    numbers = [
        int(code.rpartition("/")[2])
        for code in used
        if re.fullmatch(rf"{re.escape(prefix)}/\d+", code)
    ]
    return f"{prefix}/{max(numbers, default=0) + 1}"


def title(value: str, others: Iterable[str], _: Translate) -> Finding:
    """Item 2: no system's name, and no name that only punctuation tells from another."""
    if plain_title(value).endswith("系统"):
        return _("Name what the data is about, not the system that it is from.")
    if plain_title(value) in {plain_title(other) for other in others}:
        return _("Another dataset has this name, apart from punctuation and spaces.")
    return None


def plain_title(value: str) -> str:
    """A title without what must not tell two apart: width, case, marks, spaces."""
    folded = unicodedata.normalize("NFKC", value).casefold()
    return "".join(c for c in folded if unicodedata.category(c)[0] in "LN")


def channels(
    required: list[str], optional: list[str], note: str, _: Translate
) -> Finding:
    """Standard catalogue: a box is ■ or □, and 其他 is spelt out."""
    if set(required) & set(optional):
        return _("A channel is either required or optional.")
    if "C99" in (*required, *optional) and not note:
        return _("Say which other channel is meant.")
    return None
