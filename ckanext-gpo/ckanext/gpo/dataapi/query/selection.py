"""Conditions as SQL: which rows of a table a query is about."""

from __future__ import annotations

import operator
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import Any, Final

import sqlalchemy as sa

from .conditions import Condition, Either, Every, Operator, Test
from .fields import Field

Clause = sa.ColumnElement[bool]
Column = sa.ColumnClause[Any]

ROW: Final = sa.column("_id", sa.BigInteger())
"""The DataStore's own number of a row, in the order of the file."""

_LINE: Final = sa.literal("\n")
"""Between the fields of a row when words are looked for: no word goes over it."""

_ARGUMENTS: Final = 99
"""How many texts a function of PostgreSQL takes, beside what is between them."""


def table_clause(resource_id: str) -> sa.TableClause:
    """The DataStore's table of a resource."""
    return sa.table(resource_id)


def rows_clause(resource_id: str, rows: Sequence[int]) -> sa.FromClause:
    """Some rows of a resource, read once by their numbers whatever else is asked."""
    numbers = sa.bindparam(None, list(rows), sa.ARRAY(sa.BigInteger()))
    return (
        sa.select(sa.text("*"))
        .select_from(table_clause(resource_id))
        .where(sa.any_(numbers) == ROW)
        .cte("named_rows")
        .prefix_with("MATERIALIZED")
    )


def where(condition: Condition) -> Clause:
    """The condition as SQL."""
    match condition:
        case Test():
            return _test(condition)
        case Every(members):
            return sa.and_(sa.true(), *map(where, members))
        case Either(members):
            return sa.or_(sa.false(), *map(where, members))


def has_words(words: Iterable[str], fields: Iterable[Field]) -> Clause:
    """That each of the words stands somewhere in the texts of a row."""
    texts = [field.column for field in fields if field.is_text]
    if not texts:
        return sa.and_(sa.true(), *(sa.false() for _word in words))
    parts = [sa.func.concat_ws(_LINE, *some) for some in _batched(texts, _ARGUMENTS)]
    row = sa.func.concat_ws(_LINE, *parts)
    return sa.and_(sa.true(), *(contains(row, word) for word in words))


def _batched(columns: list[Column], size: int) -> Iterator[list[Column]]:
    for start in range(0, len(columns), size):
        yield columns[start : start + size]


def _test(test: Test) -> Clause:
    return _COMPARISONS[test.operator](test.field.column, test.value)


def contains(text: sa.ColumnElement[Any], value: str) -> Clause:
    if has_capitals(value):
        return text.icontains(value, autoescape=True)
    return text.contains(value, autoescape=True)


def _starts(text: sa.ColumnElement[Any], value: str) -> Clause:
    if has_capitals(value):
        return text.istartswith(value, autoescape=True)
    return text.startswith(value, autoescape=True)


def has_capitals(text: str) -> bool:
    """Whether there are capitals and small letters of it.

    Chinese and digits have none, and PostgreSQL finds them several times as fast if it does
    not have to turn every row into small letters.
    """
    return text.lower() != text.upper()


def _is_empty(column: Column, value: Any) -> Clause:
    return column.is_(None) if value else column.is_not(None)


def _ordered(compare: Callable[[Any, Any], Clause]) -> Callable[[Column, Any], Clause]:
    # SQLAlchemy takes a bare true or false for equality only
    return lambda column, value: compare(column, sa.literal(value, column.type))


_COMPARISONS: Final[Mapping[Operator, Callable[[Column, Any], Clause]]] = {
    Operator.EQ: operator.eq,
    Operator.NE: lambda column, value: column.is_distinct_from(value),
    Operator.ONE_OF: lambda column, values: column.in_(values),
    Operator.GT: _ordered(operator.gt),
    Operator.GTE: _ordered(operator.ge),
    Operator.LT: _ordered(operator.lt),
    Operator.LTE: _ordered(operator.le),
    Operator.CONTAINS: contains,
    Operator.STARTS: _starts,
    Operator.EMPTY: _is_empty,
}
