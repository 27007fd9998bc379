"""Pages of a version's Parquet file, the same as PostgreSQL reads of the rows.

A row has the number in the file that the DataStore gives it, so that a place named by one of
the two is a place for the other.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from ckanext.gpo.common.duck import identifier
from ckanext.gpo.common.types import Translate

from .columnar import Sql, where_sql, words_sql
from .fields import Field
from .file_run import FileRun
from .order import Cursor, Order, Position, outdated_cursor
from .records import Page, Selection, Total, paged
from .values import Value, shortened

_ROW: Final = "file_row_number"


def read_page(
    run: FileRun,
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

    :raises QueryError: `cursor-outdated`: there is no row at the place
    """
    place = page_before or page_after
    start = _position(run, order, place, _) if place else None
    backward = page_before is not None
    where, values = selected(run, selection)
    follows, place_values = _follows(order, start, backward)
    columns = ", ".join([f"{_ROW} + 1", *(identifier(field.name) for field in fields)])
    rows = run.fetch(
        f"SELECT {columns} FROM {run.source} WHERE ({where}) AND ({follows})"  # noqa: S608
        f" ORDER BY {_ordered(order, backward)} LIMIT {limit + 1}",
        [*values, *place_values],
    )
    return paged(
        [[*map(shortened, row)] for row in rows],
        fields,
        limit,
        version,
        page_after=page_after,
        page_before=page_before,
    )


def count(run: FileRun, selection: Selection, most: int | None = None) -> Total:
    """How many rows there are.

    :param most: so many are counted at most; None for all of them
    """
    where, values = selected(run, selection)
    rows = f"FROM {run.source} WHERE {where}"
    if most is not None:
        rows = f"FROM (SELECT 1 {rows} LIMIT {most + 1})"
    ((number,),) = run.fetch(f"SELECT count(*) {rows}", values)
    if most is None:
        return Total(number, is_exact=True)
    return Total(min(number, most), is_exact=number <= most)


def selected(run: FileRun, selection: Selection) -> Sql:
    """Which rows are selected, as SQL."""
    where, values = where_sql(selection.condition, run.types)
    if not selection.words:
        return where, values
    words, word_values = words_sql(selection.words, selection.fields.values())
    return f"({where}) AND ({words})", [*values, *word_values]


def _position(run: FileRun, order: Order, cursor: Cursor, _: Translate) -> Position:
    column = identifier(order.field.name) if order.field else _ROW
    rows = run.fetch(
        f"SELECT {column} FROM {run.source} WHERE {_ROW} = ?",  # noqa: S608 - quoted
        [cursor.row - 1],
    )
    if not rows:
        raise outdated_cursor("after", _)
    return Position(rows[0][0], cursor.row - 1)


def _follows(order: Order, start: Position | None, backward: bool) -> Sql:
    """That a row follows a position, or precedes it if read backward.

    Rows without a value are the last ones.
    """
    if start is None:
        return "true", []
    falls = order.is_descending != backward
    sign = "<" if falls else ">"
    if order.field is None:
        return f"{_ROW} {sign} ?", [start.row]
    column = identifier(order.field.name)
    if start.value is None:
        follows = f"{column} IS NULL AND {_ROW} {sign} ?"
        values: list[Value] = [start.row]
    else:
        follows = f"{column} {sign} ? OR ({column} = ? AND {_ROW} {sign} ?)"
        values = [start.value, start.value, start.row]
    if (start.value is None) == backward:
        others = "IS NOT NULL" if backward else "IS NULL"
        follows = f"({follows}) OR {column} {others}"
    return follows, values


def _ordered(order: Order, backward: bool) -> str:
    direction = "DESC" if order.is_descending != backward else "ASC"
    if order.field is None:
        return f"{_ROW} {direction}"
    nulls = "FIRST" if backward else "LAST"
    column = identifier(order.field.name)
    return f"{column} {direction} NULLS {nulls}, {_ROW} {direction}"
