"""Rows in an order, a page at a time, from where the last page ended (keyset).

Rows without a value come last, whichever way the others are sorted. An index has them at one
end, first when it is read backwards; so a page is read in two *stretches*, the rows with a
value and those without, each of which the index serves.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, Final

import sqlalchemy as sa

from ckanext.gpo.common.tables import Table
from ckanext.gpo.common.types import Translate

from .errors import QueryError
from .fields import DAYS, Field, Fields, select_field
from .selection import ROW, Clause

LARGE: Final = 100_000
"""Rows from which a table is sorted only by what an index serves."""

_CURSOR: Final = re.compile(r"([0-9]{1,9})-([0-9]{1,18})")


@dataclass(frozen=True)
class Order:
    """By a field, or as in the file if there is none."""

    field: Field | None = None
    is_descending: bool = False

    def __str__(self) -> str:
        """As the parameter `sort` has it: `-issue_date`."""
        sign = "-" if self.is_descending else ""
        return f"{sign}{self.field.name}" if self.field else ""


@dataclass(frozen=True)
class Cursor:
    """Where a page ends: a version of the table and a row of it."""

    version: int
    row: int

    def __str__(self) -> str:
        return f"{self.version}-{self.row}"


@dataclass(frozen=True)
class Position:
    """The place of a row in the order: its value and its number."""

    value: Any
    row: int


@dataclass(frozen=True)
class Stretch:
    """A part of the rows that an index serves: which, and in which order."""

    where: Clause
    order: tuple[sa.ColumnElement[Any], ...]


def parse_order(
    raw: str, fields: Fields, rows: int, default: Order, _: Translate
) -> Order:
    """The order that `sort` names: a field, with a minus for the highest first.

    :param rows: how many the table has
    :raises QueryError: `field-unknown`, or `sort-too-slow`: no index serves it
    """
    if not raw:
        return default
    field = select_field(fields, raw.removeprefix("-"), "sort", _)
    sortable = sortable_fields(fields, rows)
    if field not in sortable:
        message = _(
            "A table of so many rows is sorted by one of these fields: {fields}"
        )
        raise QueryError(
            "sort-too-slow",
            message.format(fields=", ".join(field.name for field in sortable)),
            "sort",
            field=field.name,
        )
    return Order(field, raw.startswith("-"))


def sortable_fields(fields: Fields, rows: int) -> list[Field]:
    """The fields by which a table of so many rows can be sorted."""
    return [field for field in fields.values() if field.is_sorted or rows <= LARGE]


def default_order(table: Table, fields: Fields) -> Order:
    """The newest first where rows have a day, else as in the file.

    It is a day of the key, of a series in time, or the first that every row has.
    """
    required = {
        field["name"]
        for field in table.fields
        if field.get("constraints", {}).get("required")
    }
    days = [f for f in fields.values() if f.type in DAYS and f.is_sorted]
    for names in (table.primary_key, required):
        for field in days:
            if field.name in names:
                return Order(field, is_descending=True)
    return Order()


def parse_cursor(raw: str, version: int, parameter: str, _: Translate) -> Cursor | None:
    """The place that a page begins after; None for the first page.

    :raises QueryError: `cursor-unknown`, or `cursor-outdated` of another version
    """
    if not raw:
        return None
    match = _CURSOR.fullmatch(raw)
    if not match:
        message = _("A page begins after a place that an earlier answer has named")
        raise QueryError("cursor-unknown", message, parameter)
    cursor = Cursor(*map(int, match.groups()))
    if cursor.version != version:
        raise outdated_cursor(parameter, _)
    return cursor


def outdated_cursor(parameter: str, _: Translate) -> QueryError:
    message = _("A newer version has been published meanwhile: begin at the first page")
    return QueryError("cursor-outdated", message, parameter)


def stretches(
    order: Order, start: Position | None, backward: bool, *, is_narrow: bool = False
) -> Iterator[Stretch]:
    """The stretches of all rows after a position, or before it if read backward.

    :param is_narrow: the rows are few, so that they are sorted quicker than by an index
    """
    falls = order.is_descending != backward
    if order.field is None:
        yield Stretch(_follows_row(start, backward), (_sorted(ROW, backward),))
        return
    column = order.field.column
    ordered = (_sorted(column, falls), _sorted(ROW, falls))
    unvalued = (_sorted(ROW, falls),)
    is_unvalued = start is not None and start.value is None
    with_value = Stretch(column.is_not(None), ordered)
    without_value = Stretch(column.is_(None), unvalued)
    if start is None and is_narrow:
        yield Stretch(sa.true(), (ordered[0].nulls_last(), ordered[1]))
    elif start is None:
        yield from (with_value, without_value)
    elif is_unvalued:
        yield Stretch(column.is_(None) & _follows_row(start, falls), unvalued)
        if backward:
            yield with_value
    else:
        yield Stretch(_follows(column, start, falls), ordered)
        if not backward:
            yield without_value


def _sorted(column: sa.ColumnElement[Any], falls: bool) -> sa.ColumnElement[Any]:
    return column.desc() if falls else column.asc()


def _follows(column: sa.ColumnElement[Any], start: Position, falls: bool) -> Clause:
    row = sa.tuple_(column, ROW)
    place = sa.tuple_(
        sa.bindparam(None, start.value, column.type),
        sa.bindparam(None, start.row, ROW.type),
    )
    return row < place if falls else row > place


def _follows_row(start: Position | None, falls: bool) -> Clause:
    if start is None:
        return sa.true()
    return start.row > ROW if falls else start.row < ROW
