"""Rows of a table as a person reads them: columns with labels and units, cells as text. Pure."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import Any

NUMBERS = frozenset({"number", "integer"})
DATES = frozenset({"date", "datetime", "yearmonth", "year"})
LONG = 24
"""From this many characters on, a text gets a wider column."""


@dataclass(frozen=True)
class Column:
    """A field of the Table Schema as a column. `kind`: num, date, code, long or text."""

    name: str
    label: str
    unit: str
    kind: str
    required: bool


def columns(
    fields: list[dict[str, Any]], records: list[dict[str, Any]], english: bool
) -> list[Column]:
    """The columns of a table, with the class that its cells are set in."""
    return [
        Column(
            name=field["name"],
            label=(field.get("title_en") if english else None) or field["title"],
            unit=field.get("unit", ""),
            kind=_kind(field, [record.get(field["name"]) for record in records]),
            required=bool(field.get("constraints", {}).get("required")),
        )
        for field in fields
    ]


def order(fields: list[dict[str, Any]], primary_key: tuple[str, ...]) -> str:
    """Which rows come first: the newest of a series in time, else the file's own order."""
    for field in fields:
        if field["name"] in primary_key and field["type"] in DATES:
            return f"{field['name']} desc"
    return "_id"


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
    """A value as text; empty for none. Figures get thousands separators."""
    if value is None or value == "":
        return ""
    if column.kind == "num":
        return _number(value)
    if column.kind == "date":
        return str(value).replace("T00:00:00", "").replace("T", " ")
    return str(value)


def _number(value: Any) -> str:
    # Through Decimal, so that 0.1 stays 0.1 and 1200.50 keeps what the source wrote.
    number = Decimal(str(value))
    return f"{number:,f}"
