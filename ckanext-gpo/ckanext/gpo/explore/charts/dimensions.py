"""What the rows of a table can be grouped by, and what can be told of each group."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from ckanext.gpo.common import labels

Field = Mapping[str, Any]
"""A field of a Table Schema."""

DAYS: Final = ("date", "datetime")
MONTHS: Final = ("yearmonth",)
NUMBERS: Final = ("number", "integer")

UNITS: Final[Mapping[str, tuple[str, ...]]] = {
    **dict.fromkeys(DAYS, ("month", "year", "day")),
    **dict.fromkeys(MONTHS, ("month", "year")),
}
"""Type of a field in time → the units that its values are grouped by, the usual one first."""

FUNCTIONS: Final = ("sum", "avg", "min", "max")
ADDITIVE: Final = ("count", "sum")
"""Functions whose values of all groups together are the value of the whole."""


@dataclass(frozen=True)
class Dimension:
    """What rows of a group have in common: the value of a field, or its month, year or day.

    `order` are the values as the schema lists them, for a field with a list of values.
    `is_key` says that each value has one row, as the years of a yearly series.
    """

    field: str
    label: str
    unit: str = ""
    is_time: bool = False
    order: tuple[str, ...] = ()
    is_key: bool = False

    @property
    def key(self) -> str:
        """As it stands in an address: `street`, `issue_date.month`."""
        return f"{self.field}.{self.unit}" if self.unit else self.field


@dataclass(frozen=True)
class Measure:
    """What is told of a group; `count` alone has no field."""

    function: str
    field: str = ""
    label: str = ""
    unit: str = ""

    @property
    def key(self) -> str:
        """As it stands in an address: `count`, `sum.floor_area`."""
        return f"{self.function}.{self.field}" if self.field else self.function

    @property
    def is_additive(self) -> bool:
        return self.function in ADDITIVE


def dimensions(
    fields: Sequence[Field], primary_key: Sequence[str], english: bool
) -> list[Dimension]:
    """All dimensions of a table.

    A code that is the key of its row groups nothing, and neither does an amount of money
    or of area.
    """
    return [
        dimension
        for field in fields
        for dimension in _dimensions(field, _label(field, english), tuple(primary_key))
    ]


def _dimensions(
    field: Field, label: str, primary_key: tuple[str, ...]
) -> list[Dimension]:
    name, kind = field["name"], field["type"]
    is_key = primary_key == (name,)
    if kind in UNITS:
        return [Dimension(name, label, unit, is_time=True) for unit in UNITS[kind]]
    if kind == "year":
        return [Dimension(name, label, is_time=True, is_key=is_key)]
    values = tuple(map(str, _constraints(field).get("enum", ())))
    if is_key or (kind in NUMBERS and not values):
        return []
    return [Dimension(name, label, order=values)]


def measures(
    fields: Sequence[Field], primary_key: Sequence[str], english: bool
) -> list[Measure]:
    """All measures of a table, the number of its rows first."""
    quantities = [
        field
        for field in fields
        if field["type"] in NUMBERS
        and field["name"] not in primary_key
        and "enum" not in _constraints(field)
    ]
    return [Measure("count")] + [
        Measure(function, field["name"], _label(field, english), field.get("unit", ""))
        for field in quantities
        for function in FUNCTIONS
    ]


def _constraints(field: Field) -> Mapping[str, Any]:
    return field.get("constraints", {})


def _label(field: Field, english: bool) -> str:
    return labels.title(field, english)
