"""A page of the rows that a query is about, and how many there are."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final

import sqlalchemy as sa

from ckanext.gpo.common.types import Translate

from .conditions import UNCONDITIONAL, Condition, names_code
from .fields import Field, Fields
from .order import Cursor, Order, Position, outdated_cursor, stretches
from .running import Run
from .selection import ROW, Clause, has_words, rows_clause, table_clause, where
from .values import plain

COUNTED: Final = 10_000
"""Up to so many rows are counted exactly."""


@dataclass(frozen=True)
class Selection:
    """The rows of a resource for which a condition holds and in which words stand.

    :param rows: the numbers of those that come into question; None for all
    """

    resource_id: str
    fields: Fields
    condition: Condition = UNCONDITIONAL
    words: tuple[str, ...] = ()
    rows: tuple[int, ...] | None = None

    @property
    def is_everything(self) -> bool:
        is_unconditional = self.condition == UNCONDITIONAL and not self.words
        return is_unconditional and self.rows is None

    @property
    def is_narrow(self) -> bool:
        """Whether the rows are few, because they are named or bear one code."""
        return self.rows is not None or names_code(self.condition)

    @property
    def table(self) -> sa.FromClause:
        if self.rows is None:
            return table_clause(self.resource_id)
        return rows_clause(self.resource_id, self.rows)

    @property
    def clause(self) -> Clause:
        if not self.words:
            return where(self.condition)
        return where(self.condition) & has_words(self.words, self.fields.values())


@dataclass(frozen=True)
class Page:
    """Records in their order.

    :param previous: where the page before this one ends, None if this is the first
    :param next: where the page after this one begins, None if this is the last
    """

    records: list[dict[str, Any]]
    previous: Cursor | None
    next: Cursor | None


@dataclass(frozen=True)
class Total:
    """How many rows there are: so many, or if it is not exact, at least so many."""

    count: int
    is_exact: bool


def read_page(
    run: Run,
    selection: Selection,
    fields: Sequence[Field],
    order: Order,
    limit: int,
    version: int,
    _: Translate,
    *,
    page_after: Cursor | None = None,
    page_before: Cursor | None = None,
) -> Page:
    """The records after a place, or before it; the first ones without a place.

    :raises QueryError: `cursor-outdated`: the row at the place is not there any more
    """
    backward = page_before is not None
    place = page_before or page_after
    start = _position(run, selection, order, place, _) if place else None
    rows: list[sa.Row[Any]] = []
    columns = [ROW, *(field.column for field in fields)]
    parts = stretches(order, start, backward, is_narrow=selection.is_narrow)
    for stretch in parts:
        statement = (
            sa.select(*columns)
            .select_from(selection.table)
            .where(selection.clause, stretch.where)
            .order_by(*stretch.order)
            .limit(limit + 1 - len(rows))
        )
        rows += run.fetch(statement)
        if len(rows) > limit:
            break
    return paged(
        rows,
        fields,
        limit,
        version,
        page_after=page_after,
        page_before=page_before,
    )


def paged(
    rows: Sequence[Sequence[Any]],
    fields: Sequence[Field],
    limit: int,
    version: int,
    *,
    page_after: Cursor | None,
    page_before: Cursor | None,
) -> Page:
    """Rows as a page.

    :param rows: each its number and its values, in the order of reading, one more than
        the page has if there are more
    """
    has_more = len(rows) > limit
    rows = rows[:limit]
    if page_before:
        rows = rows[::-1]
    names = [field.name for field in fields]
    has_previous, has_next = (
        (has_more, True) if page_before else (bool(page_after), has_more)
    )
    return Page(
        records=[dict(zip(names, map(plain, row[1:]), strict=True)) for row in rows],
        previous=Cursor(version, rows[0][0]) if rows and has_previous else None,
        next=Cursor(version, rows[-1][0]) if rows and has_next else None,
    )


def _position(
    run: Run, selection: Selection, order: Order, cursor: Cursor, _: Translate
) -> Position:
    column = order.field.column if order.field else ROW
    statement = (
        sa.select(column)
        .select_from(table_clause(selection.resource_id))
        .where(sa.literal(cursor.row) == ROW)
    )
    rows = run.fetch(statement)
    if not rows:
        raise outdated_cursor("after", _)
    return Position(rows[0][0], cursor.row)


def total(
    run: Run, selection: Selection, rows: int, page: Page, *, is_first: bool
) -> Total:
    """How many rows there are; counted only if that is not known otherwise.

    :param rows: how many the table has
    :param page: some of the rows
    :param is_first: whether the page begins with the first row
    """
    total_known = known_total(selection, rows, page, is_first=is_first)
    return total_known or count(run, selection, len(page.records))


def known_total(
    selection: Selection, rows: int, page: Page, *, is_first: bool
) -> Total | None:
    """How many rows there are if that is known without counting, see `total`."""
    least = len(page.records)
    if selection.is_everything:
        return Total(rows, is_exact=True)
    if is_first and least and page.next is None:
        return Total(least, is_exact=True)
    return None


def count(
    run: Run, selection: Selection, least: int, most: int | None = COUNTED
) -> Total:
    """How many rows there are, as far as they are counted.

    :param least: how many are known, should counting take too long
    :param most: so many are counted at most; None for all of them
    """
    rows = (
        sa.select(sa.literal(1))
        .select_from(selection.table)
        .where(selection.clause)
        .limit(None if most is None else most + 1)
        .subquery()
    )
    answer = run.attempt(sa.select(sa.func.count()).select_from(rows))
    if answer is None:
        return Total(least, is_exact=False)
    number = answer[0][0]
    if most is None:
        return Total(number, is_exact=True)
    return Total(min(number, most), is_exact=number <= most)
