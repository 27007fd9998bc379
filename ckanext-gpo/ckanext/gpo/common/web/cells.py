"""Rows of a table as a person reads them: columns with labels and units, cells as text. Pure."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from typing import Any

from ckanext.gpo.common import dossiers, labels

NUMBERS = frozenset({"number", "integer"})
DATES = frozenset({"date", "datetime", "yearmonth", "year"})
_POINT_SPACE, _DIGIT_SPACE = "\N{PUNCTUATION SPACE}", "\N{FIGURE SPACE}"
"""As wide as a point and as a digit, and nothing to be read."""

LONG = 24
"""From this many characters on, a text gets a wider column."""


@dataclass(frozen=True)
class Column:
    """A field of the Table Schema as a column. `kind`: num, date, code, long or text.

    `decimals` is how many digits the longest of its values has after the point, `dossier`
    the kind of dossier that its codes lead to (`common.dossiers`).
    """

    name: str
    label: str
    unit: str
    kind: str
    required: bool
    decimals: int = 0
    dossier: str = ""


def columns(
    fields: list[dict[str, Any]], records: list[dict[str, Any]], english: bool
) -> list[Column]:
    """The columns of a table, with the class that its cells are set in."""
    return [
        _column(field, [record.get(field["name"]) for record in records], english)
        for field in fields
    ]


def _column(field: dict[str, Any], values: list[Any], english: bool) -> Column:
    kind = _kind(field, values)
    return Column(
        name=field["name"],
        label=labels.title(field, english),
        unit=field.get("unit", ""),
        kind=kind,
        required=bool(field.get("constraints", {}).get("required")),
        decimals=max(map(_decimals, values), default=0) if kind == "num" else 0,
        dossier=dossiers.kind(field),
    )


def _kind(field: dict[str, Any], values: list[Any]) -> str:
    if field["type"] in NUMBERS:
        return "num"
    if field["type"] in DATES:
        return "date"
    if "gpo:check" in field or "pattern" in field.get("constraints", {}):
        return "code"
    if any(len(str(value or "")) >= LONG for value in values):
        return "long"
    return "text"


def cell(column: Column, value: Any) -> str:
    """A value as text; empty for none.

    Figures get thousands separators, and at their end the room of the digits that others
    of the column have after the point, so that set to the right the points stand below
    each other.
    """
    if value is None or value == "":
        return ""
    if column.kind == "num":
        return _number(value, column.decimals)
    if column.kind == "date":
        return str(value).replace("T00:00:00", "").replace("T", " ")
    return str(value)


def _number(value: Any, decimals: int) -> str:
    # Through Decimal, so that 0.1 stays 0.1 and 1200.50 keeps what the source wrote.
    text = f"{Decimal(str(value)):,f}"
    own = _decimals(value)
    point = _POINT_SPACE if decimals and not own else ""
    return text + point + _DIGIT_SPACE * (decimals - own)


def _decimals(value: Any) -> int:
    """How many digits a number is written with after the point."""
    try:
        exponent = Decimal(str(value)).as_tuple().exponent
    except InvalidOperation:
        return 0
    return max(-exponent, 0) if isinstance(exponent, int) else 0
