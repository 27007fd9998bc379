"""Rows summed up by groups: `GROUP BY` for charts, totals and lists of choices."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from enum import Enum
from typing import Any, Final, cast

import sqlalchemy as sa

from ckanext.gpo.common.types import Translate

from .conditions import UNCONDITIONAL, Condition, Either, Every, Test, parse_filters
from .errors import QueryError
from .fields import DAYS, NUMBERS, Field, Fields, select_field
from .records import Selection
from .running import Run
from .selection import where
from .values import plain

MOST_GROUPINGS: Final = 3
MOST_MEASURES: Final = 40


class Function(str, Enum):
    COUNT = "count"
    SUM = "sum"
    AVG = "avg"
    MIN = "min"
    MAX = "max"
    DISTINCT = "distinct"


_OF_NUMBERS: Final = (Function.SUM, Function.AVG)

UNITS: Final[Mapping[str, tuple[str, int]]] = {
    "year": ("YYYY", 4),
    "quarter": ('YYYY-"Q"Q', 0),
    "month": ("YYYY-MM", 7),
    "day": ("YYYY-MM-DD", 10),
}
"""Unit of time → how PostgreSQL writes it, and how many characters of an ISO day it is."""

QUARTERS: Final[Mapping[str, tuple[str, ...]]] = {
    "Q1": ("01", "02", "03"),
    "Q2": ("04", "05", "06"),
    "Q3": ("07", "08", "09"),
    "Q4": ("10", "11", "12"),
}


@dataclass(frozen=True)
class Grouping:
    """What rows have in common in a group: a value, or the year or month of a day."""

    field: Field
    unit: str = ""

    @property
    def name(self) -> str:
        return self.field.name

    @property
    def result(self) -> Field:
        """What answers tell of it, as a field."""
        return Field(self.name, "string" if self.unit else self.field.type)

    @property
    def expression(self) -> sa.ColumnElement[Any]:
        column = self.field.column
        if not self.unit:
            return column
        pattern, length = UNITS[self.unit]
        if not self.field.is_text:
            return sa.func.to_char(column, pattern)
        if self.unit != "quarter":
            return sa.func.left(column, length)
        month = sa.func.substr(column, 6, 2)
        quarters = [(month.in_(months), name) for name, months in QUARTERS.items()]
        return sa.func.left(column, 5).op("||")(sa.case(*quarters))


@dataclass(frozen=True)
class Measure:
    """What is told of a group: of a field, or for `count` alone how many rows it has."""

    function: Function
    field: Field | None = None

    @property
    def name(self) -> str:
        """`count`, `sum(floor_area)`."""
        function = self.function.value
        return f"{function}({self.field.name})" if self.field else function

    @property
    def result(self) -> Field:
        """What answers tell of it, as a field."""
        if self.field and self.function in (Function.MIN, Function.MAX):
            return Field(self.name, self.field.type)
        is_number = self.function in _OF_NUMBERS
        return Field(self.name, "number" if is_number else "integer")

    @property
    def expression(self) -> sa.ColumnElement[Any]:
        if self.field is None:
            return sa.func.count()
        if self.function is Function.DISTINCT:
            return sa.func.count(self.field.column.distinct())
        functions: dict[Function, Callable[[Any], Any]] = {
            Function.COUNT: sa.func.count,
            Function.SUM: sa.func.sum,
            Function.AVG: sa.func.avg,
            Function.MIN: sa.func.min,
            Function.MAX: sa.func.max,
        }
        return functions[self.function](self.field.column)


def parse_groupings(raw: object, fields: Fields, _: Translate) -> list[Grouping]:
    """The groupings that `group_by` lists: names, or objects `{field, unit}`.

    :raises QueryError: `field-unknown`, `grouping-unreadable`
    """
    groupings = [_grouping(member, fields, _) for member in _listed(raw, "group_by", _)]
    if len(groupings) > MOST_GROUPINGS or len({g.name for g in groupings}) < len(
        groupings
    ):
        message = _("Rows are grouped by at most three different fields")
        raise QueryError("grouping-unreadable", message, "group_by")
    return groupings


def _grouping(raw: object, fields: Fields, _: Translate) -> Grouping:
    described = (
        cast("dict[str, object]", raw) if isinstance(raw, dict) else {"field": raw}
    )
    field = select_field(fields, described.get("field"), "group_by", _)
    unit = described.get("unit") or ""
    if unit and (
        not isinstance(unit, str) or unit not in UNITS or field.type not in DAYS
    ):
        message = _(
            "Days and months can be grouped by year, quarter, month or day; nothing else"
        )
        raise QueryError("grouping-unreadable", message, "group_by", field=field.name)
    return Grouping(field, str(unit))


def parse_measures(raw: object, fields: Fields, _: Translate) -> list[Measure]:
    """The measures that are listed as `{function, field}`; how many rows if there are none.

    :raises QueryError: `field-unknown`, `measure-unreadable`
    """
    listed = _listed(raw, "measures", _)
    measures = [_measure(member, fields, _) for member in listed]
    if len(measures) > MOST_MEASURES:
        message = _("More than {most} measures at once are too many")
        message = message.format(most=MOST_MEASURES)
        raise QueryError("measure-unreadable", message, "measures")
    return list(dict.fromkeys(measures)) or [Measure(Function.COUNT)]


def _measure(raw: object, fields: Fields, _: Translate) -> Measure:
    described = cast("dict[str, object]", raw) if isinstance(raw, dict) else {}
    name = described.get("function")
    if not isinstance(name, str) or name not in set(Function):
        message = _("A measure names one of these functions: {functions}")
        message = message.format(functions=", ".join(Function))
        raise QueryError("measure-unreadable", message, "measures")
    function = Function(name)
    if function is Function.COUNT and described.get("field") is None:
        return Measure(function)
    field = select_field(fields, described.get("field"), "measures", _)
    if function in _OF_NUMBERS and field.type not in NUMBERS - {"year"}:
        message = _("“{function}” is for numbers only, and {field} is none")
        message = message.format(function=name, field=field.name)
        raise QueryError("measure-unreadable", message, "measures", field=field.name)
    if field.type == "boolean" and function in (Function.MIN, Function.MAX):
        message = _("“{function}” is not for true and false, and {field} is either")
        message = message.format(function=name, field=field.name)
        raise QueryError("measure-unreadable", message, "measures", field=field.name)
    return Measure(function, field)


def _listed(raw: object, parameter: str, _: Translate) -> list[object]:
    if raw is None or raw == "":
        return []
    if isinstance(raw, str | dict):
        return [raw]
    if isinstance(raw, list):
        return cast("list[object]", raw)
    raise QueryError("list-needed", _("A list is needed here"), parameter)


def parse_having(
    raw: object,
    groupings: Sequence[Grouping],
    measures: Sequence[Measure],
    _: Translate,
) -> Condition:
    """The condition that `having` states of groups: filters over what is told of them.

    :raises QueryError: it cannot be read, see `parse_filters`
    """
    told = [thing.result for thing in (*measures, *groupings)]
    fields = {field.name: field for field in told}
    return parse_filters(raw, fields, _, "having")


@dataclass(frozen=True)
class Group:
    """The values that its rows have in common, and what is told of them, in their orders."""

    key: list[Any]
    values: list[Any]


@dataclass(frozen=True)
class Summary:
    """What is to be told of groups.

    :param sort: name of a grouping or a measure, with a minus for the highest first
    :param having: of which groups, see `parse_having`
    """

    groupings: Sequence[Grouping]
    measures: Sequence[Measure]
    limit: int
    sort: str = ""
    having: Condition = UNCONDITIONAL

    @property
    def names(self) -> list[str]:
        """The names of its columns `c0`, `c1`, …"""
        return [thing.name for thing in (*self.groupings, *self.measures)]

    @property
    def condition(self) -> Condition:
        """`having` of the columns `c0`, `c1`, …"""
        return self._placed(self.having)

    def _placed(self, condition: Condition) -> Condition:
        match condition:
            case Test(field):
                column = f"c{self.names.index(field.name)}"
                return replace(condition, field=replace(field, name=column))
            case Every(members):
                return Every(tuple(map(self._placed, members)))
            case Either(members):
                return Either(tuple(map(self._placed, members)))

    def sorted_column(self, _: Translate) -> int | None:
        """The place of the column that groups are sorted by; None for none.

        :raises QueryError: `sort-unknown`
        """
        if not self.sort:
            return None
        try:
            return self.names.index(self.sort.removeprefix("-"))
        except ValueError:
            message = _("Groups are sorted by one of these: {names}")
            message = message.format(names=", ".join(self.names))
            raise QueryError("sort-unknown", message, "sort") from None


def read_groups(
    run: Run, selection: Selection, summary: Summary, _: Translate
) -> tuple[list[Group], bool]:
    """The groups, and whether these are all.

    :raises QueryError: `sort-unknown`
    """
    things = (*summary.groupings, *summary.measures)
    split = len(summary.groupings)
    columns = [thing.expression.label(f"c{i}") for i, thing in enumerate(things)]
    inner = sa.select(*columns).select_from(selection.table).where(selection.clause)
    if split:
        inner = inner.group_by(*(sa.text(str(i + 1)) for i in range(split)))
    groups = inner.subquery()
    told = list(groups.c)
    order = [told[place].asc().nulls_last() for place in range(split)]
    place = summary.sorted_column(_)
    if place is not None:
        is_descending = summary.sort.startswith("-")
        column = told[place].desc() if is_descending else told[place].asc()
        order.insert(0, column.nulls_last())
    statement = (
        sa.select(*told)
        .where(where(summary.condition))
        .order_by(*order)
        .limit(summary.limit + 1)
    )
    rows = run.fetch(statement)
    return grouped(rows, split, summary.limit)


def grouped(
    rows: Sequence[Sequence[Any]], split: int, limit: int
) -> tuple[list[Group], bool]:
    """Rows as groups, at most so many, and whether these are all.

    :param split: how many values of a row are those of the key
    """
    groups = [
        Group([*map(plain, row[:split])], [*map(plain, row[split:])])
        for row in rows[:limit]
    ]
    return groups, len(rows) <= limit
