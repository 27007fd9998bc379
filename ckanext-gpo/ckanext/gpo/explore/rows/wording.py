"""Filters and what is ignored, in words."""

from __future__ import annotations

from collections.abc import Mapping

from ckanext.gpo.common.types import Translate

from .fields import Field
from .state import Filter, Ignored, Reason


def filter_words(filter_: Filter, fields: Mapping[str, Field], _: Translate) -> str:
    """A filter as a reader says it: “Floor area ≥ 1200 平方米”."""
    field = fields[filter_.field]
    forms = {
        "eq": _("{field}: {value}"),
        "in": _("{field}: {value}"),
        "ne": _("{field} ≠ {value}"),
        "gt": _("{field} > {value}"),
        "gte": _("{field} ≥ {value}"),
        "lt": _("{field} < {value}"),
        "lte": _("{field} ≤ {value}"),
        "contains": _("{field} contains “{value}”"),
        "starts": _("{field} begins with “{value}”"),
    }
    if filter_.operator == "empty":
        is_empty = filter_.value.lower() in ("true", "1")
        form = _("{field} is empty") if is_empty else _("{field} is not empty")
        return form.format(field=field.label)
    value = filter_.value
    if field.type == "boolean":
        value = {"true": _("Yes"), "false": _("No")}.get(value.lower(), value)
    return forms[filter_.operator].format(field=field.label, value=value)


def ignored_words(ignored: Ignored, _: Translate) -> str:
    """Why a parameter of the address is left out."""
    forms = {
        Reason.FIELD: _("“{parameter}” names no field of this table and is left out."),
        Reason.OPERATOR: _(
            "“{parameter}” is no comparison for this field and is left out."
        ),
        Reason.VALUE: _("The value of “{parameter}” cannot be read and is left out."),
        Reason.TOO_MANY: _("There are too many filters; “{parameter}” is left out."),
    }
    return forms[ignored.reason].format(parameter=ignored.parameter)
