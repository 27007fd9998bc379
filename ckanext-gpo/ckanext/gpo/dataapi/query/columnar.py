"""Conditions and words as DuckDB's SQL, for the Parquet file of a version.

What they mean is what `selection` says to PostgreSQL: no value is neither equal nor greater,
`ne` holds of it, capitals do not count where a text is looked for, texts follow each other by
their code points. Conditions have to be read with `parquet_fields`; values are parameters, in
the order in which they stand in the SQL:

    types = column_types(connection, path)
    fields = parquet_fields(table, types)
    condition = parse_filters(raw, fields, _)
    clause, values = where_sql(condition, types)
    connection.execute(f"SELECT … FROM {literal(str(path))} WHERE {clause}", values)
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from decimal import ROUND_FLOOR, Context, Decimal
from pathlib import Path
from typing import Any, Final

import duckdb

from ckanext.gpo.common.columns import column_type
from ckanext.gpo.common.duck import identifier, literal
from ckanext.gpo.common.tables import Table

from .conditions import Condition, Either, Every, Operator, Test
from .fields import Field, Fields, queried_fields
from .selection import has_capitals
from .values import Value

Sql = tuple[str, list[Value]]
"""A piece of SQL and the values of its question marks."""

ColumnTypes = Mapping[str, str]
"""Name → DuckDB type of the columns of a file."""

_POSTGRES_TYPES: Final = {
    "BIGINT": "int8",
    "BOOLEAN": "bool",
    "DATE": "date",
    "TIMESTAMP": "timestamp",
    "VARCHAR": "text",
}
_DECIMAL: Final = re.compile(r"DECIMAL\(([0-9]+),([0-9]+)\)")
_LARGEST: Final = {"BIGINT": Decimal(2**63 - 1), "HUGEINT": Decimal(10**38 - 1)}
_DIGITS: Final = Context(prec=2_100)
"""For numbers of a thousand digits before the point and as many after it."""

_SIGNS: Final = {
    Operator.EQ: "=",
    Operator.GT: ">",
    Operator.GTE: ">=",
    Operator.LT: "<",
    Operator.LTE: "<=",
}
_UPWARD: Final = (Operator.GT, Operator.GTE)
_NEVER: Final[Sql] = ("false", [])


def column_types(connection: duckdb.DuckDBPyConnection, path: Path) -> ColumnTypes:
    """The columns of a file."""
    answer = connection.execute(
        f"DESCRIBE SELECT * FROM {literal(str(path))}"  # noqa: S608 - quoted
    )
    return {name: kind for name, kind, *_rest in answer.fetchall()}


def are_as_loaded(table: Table, types: ColumnTypes) -> bool:
    """Whether a file keeps each field as the rows in PostgreSQL do.

    It does not where a number is kept as text, because it is NaN or has too many digits, nor
    where a field has got another type since.
    """
    return all(
        column_type(field) == _postgres_type(table, field["name"], kind)
        for field in table.fields
        if (kind := types.get(field["name"]))
    )


def parquet_fields(table: Table, types: ColumnTypes) -> Fields:
    """The fields of a table that a version's file has, as conditions on it take them."""
    columns = {name: _postgres_type(table, name, kind) for name, kind in types.items()}
    return queried_fields(table, columns)


def _postgres_type(table: Table, name: str, kind: str) -> str:
    """The column's type in PostgreSQL, were the version's rows loaded there."""
    declared = next((f["type"] for f in table.fields if f["name"] == name), "")
    if kind == "BIGINT" and declared == "year":
        return "int4"
    return _POSTGRES_TYPES.get(kind, "numeric")


def where_sql(condition: Condition, types: ColumnTypes) -> Sql:
    """The condition as SQL."""
    match condition:
        case Test():
            return _test(condition, types)
        case Every(members):
            return _joined(" AND ", "true", [where_sql(m, types) for m in members])
        case Either(members):
            return _joined(" OR ", "false", [where_sql(m, types) for m in members])


def words_sql(words: Iterable[str], fields: Iterable[Field]) -> Sql:
    """That each of the words stands somewhere in the texts of a row.

    :param words: without blanks and line breaks, as `str.split` leaves them
    """
    texts = [identifier(field.name) for field in fields if field.is_text]
    rows = [
        _joined(" OR ", "false", [_contains(text, word) for text in texts])
        for word in words
    ]
    return _joined(
        " AND ",
        "true",
        [(f"coalesce({clause}, false)", values) for clause, values in rows],
    )


def _joined(operator: str, nothing: str, parts: list[Sql]) -> Sql:
    if not parts:
        return nothing, []
    clause = operator.join(f"({clause})" for clause, _values in parts)
    return clause, [value for _clause, values in parts for value in values]


def _test(test: Test, types: ColumnTypes) -> Sql:
    column, value = identifier(test.field.name), test.value
    match test.operator:
        case Operator.EMPTY:
            return f"{column} IS {'' if value else 'NOT '}NULL", []
        case Operator.CONTAINS:
            return _contains(column, str(value))
        case Operator.STARTS:
            return _starts(column, str(value))
        case Operator.ONE_OF:
            return _one_of(test, types)
        case Operator.NE:
            clause, values = _compared(column, Operator.EQ, value, types, test.field)
            return f"({clause}) IS NOT TRUE", values
        case operator:
            return _compared(column, operator, value, types, test.field)


def _contains(text: str, value: str) -> Sql:
    return _matching("contains", text, value)


def _starts(text: str, value: str) -> Sql:
    return _matching("starts_with", text, value)


def _matching(function: str, text: str, value: str) -> Sql:
    if has_capitals(value):
        return f"{function}(lower({text}), lower(CAST(? AS VARCHAR)))", [value]
    return f"{function}({text}, ?)", [value]


def _one_of(test: Test, types: ColumnTypes) -> Sql:
    values: tuple[Any, ...] = test.value if isinstance(test.value, tuple) else ()
    scale = _scale(types[test.field.name])
    fit: list[Value] = [*values]
    if scale:
        fit = [scale.floor(each) for each in values if scale.holds(each)]
    if not fit:
        return _NEVER
    marks = ", ".join("?" * len(fit))
    return f"{identifier(test.field.name)} IN ({marks})", fit


def _compared(
    column: str, operator: Operator, value: Any, types: ColumnTypes, field: Field
) -> Sql:
    scale = _scale(types[field.name])
    if scale is None:
        return f"{column} {_SIGNS[operator]} ?", [value]
    if scale.holds(value):
        return f"{column} {_SIGNS[operator]} ?", [scale.floor(value)]
    if operator is Operator.EQ:
        return _NEVER
    # Between two numbers that the column can hold, above all of them or below them: DuckDB
    # would round one side to the digits of the other, or refuse to.
    floor = scale.floor(value)
    if abs(floor) <= scale.largest:
        return f"{column} {'>' if operator in _UPWARD else '<='} ?", [floor]
    is_all = (value < 0) == (operator in _UPWARD)
    return (f"{column} IS NOT NULL", []) if is_all else _NEVER


class _Scale:
    """Which numbers a column can hold."""

    def __init__(self, largest: Decimal, places: int) -> None:
        self.largest = largest
        self._unit = Decimal(1).scaleb(-places)

    def floor(self, value: Decimal | int) -> Decimal:
        """The greatest number of so many places that is not above a value."""
        return Decimal(value).quantize(
            self._unit, rounding=ROUND_FLOOR, context=_DIGITS
        )

    def holds(self, value: Decimal | int) -> bool:
        return abs(value) <= self.largest and self.floor(value) == value


def _scale(kind: str) -> _Scale | None:
    """Which numbers a column of a type can hold; None if it holds none."""
    if kind in _LARGEST:
        return _Scale(_LARGEST[kind], 0)
    match = _DECIMAL.fullmatch(kind)
    if not match:
        return None
    digits, places = map(int, match.groups())
    return _Scale(
        Decimal((0, (9,) * digits, -places)),
        places,
    )
