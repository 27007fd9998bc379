"""Rows summed up by groups: `GROUP BY` for charts, totals and lists of choices."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from enum import Enum
from typing import Any, Final, cast

import sqlalchemy as sa

from ckanext.gpo.common.types import Translate

from .errors import QueryError
from .fields import DAYS, NUMBERS, Field, Fields, select_field
from .records import Selection
from .running import Run
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

_UNITS: Final[Mapping[str, tuple[str, int]]] = {
    "year": ("YYYY", 4),
    "month": ("YYYY-MM", 7),
    "day": ("YYYY-MM-DD", 10),
}
"""Unit of time → how PostgreSQL writes it, and in how many characters."""


@dataclass(frozen=True)
class Grouping:
    """What rows have in common in a group: a value, or of a day its year, month or day."""

    field: Field
    unit: str = ""

    @property
    def name(self) -> str:
        return self.field.name

    @property
    def expression(self) -> sa.ColumnElement[Any]:
        column = self.field.column
        if not self.unit:
            return column
        pattern, length = _UNITS[self.unit]
        if self.field.is_text:
            return sa.func.left(column, length)
        return sa.func.to_char(column, pattern)


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
    if unit and (unit not in _UNITS or field.type not in DAYS):
        message = _(
            "Days and months can be grouped by year, month or day; nothing else"
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


@dataclass(frozen=True)
class Group:
    """The values that its rows have in common, and what is told of them, in their orders."""

    key: list[Any]
    values: list[Any]


def read_groups(
    run: Run,
    selection: Selection,
    groupings: Sequence[Grouping],
    measures: Sequence[Measure],
    sort: str,
    limit: int,
    _: Translate,
) -> tuple[list[Group], bool]:
    """The groups, and whether these are all.

    :param sort: name of a grouping or a measure, with a minus for the highest first
    :raises QueryError: `sort-unknown`
    """
    expressions = [thing.expression for thing in (*groupings, *measures)]
    columns = [each.label(f"c{place}") for place, each in enumerate(expressions)]
    places = [str(place + 1) for place in range(len(groupings))]
    statement = (
        sa.select(*columns)
        .select_from(selection.table)
        .where(selection.clause)
        .limit(limit + 1)
    )
    if groupings:
        statement = statement.group_by(*map(sa.text, places)).order_by(
            *_sorting(sort, groupings, measures, columns, _), *map(sa.text, places)
        )
    rows = run.fetch(statement)
    split = len(groupings)
    groups = [
        Group([*map(plain, row[:split])], [*map(plain, row[split:])])
        for row in rows[:limit]
    ]
    return groups, len(rows) <= limit


def _sorting(
    sort: str,
    groupings: Sequence[Grouping],
    measures: Sequence[Measure],
    columns: Sequence[sa.Label[Any]],
    _: Translate,
) -> list[sa.ColumnElement[Any]]:
    if not sort:
        return []
    names = [thing.name for thing in (*groupings, *measures)]
    try:
        column = columns[names.index(sort.removeprefix("-"))]
    except ValueError:
        message = _("Groups are sorted by one of these: {names}")
        message = message.format(names=", ".join(names))
        raise QueryError("sort-unknown", message, "sort") from None
    ordered = column.desc() if sort.startswith("-") else column.asc()
    return [ordered.nulls_last()]
