"""The rows that are written: some or all of a version's file, in an order."""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final

import duckdb

from ckanext.gpo.common.duck import USUAL, Limits, connect, identifier, literal
from ckanext.gpo.common.tables import Table
from ckanext.gpo.common.types import Translate
from ckanext.gpo.dataapi.query import (
    ColumnTypes,
    Field,
    Fields,
    Order,
    Value,
    column_types,
    parquet_fields,
    parse_filters,
    select_fields,
    where_sql,
    words_sql,
)

_ROW: Final = "file_row_number"
"""DuckDB's number of a row in a Parquet file."""


@dataclass(frozen=True)
class Wish:
    """What is asked of the rows, as the parameters of `gpo_dataapi_record_list` say it.

    :param sort: a field, with a minus for the highest first; empty for the file's order
    :param limit: None for all rows
    """

    filters: Any = None
    q: str = ""
    sort: str = ""
    fields: Sequence[str] = ()
    limit: int | None = None

    @property
    def is_everything(self) -> bool:
        return self == Wish()


@dataclass(frozen=True)
class Column:
    """A field that is written.

    :param descriptor: of the Table Schema
    :param kind: its DuckDB type in the file
    """

    descriptor: dict[str, Any]
    type: str
    kind: str

    @property
    def name(self) -> str:
        return self.descriptor["name"]

    @property
    def sql(self) -> str:
        return identifier(self.name)

    @property
    def is_text(self) -> bool:
        return self.kind == "VARCHAR"


@dataclass
class Export:
    """Rows that are about to be written. Closed by whoever has opened it, once.

    :param folder: of this export alone; gone with it
    :param source: the rows as a part of SQL, from `FROM` on, with its values
    """

    table: Table
    columns: tuple[Column, ...]
    connection: duckdb.DuckDBPyConnection
    folder: Path
    path: Path
    source: str
    values: list[Value]
    _ends: list[Callable[[], None]] = field(default_factory=list[Callable[[], None]])

    def select(self, *expressions: str) -> str:
        """A query of the rows, with `values` as its parameters."""
        return f"SELECT {', '.join(expressions)} {self.source}"

    def at_end(self, end: Callable[[], None]) -> None:
        """Have something ended before the database is closed."""
        self._ends.append(end)

    def close(self) -> None:
        """End what is being written, and remove what was."""
        while self._ends:
            self._ends.pop()()


def open_export(
    table: Table,
    bring: Callable[[Path], Path],
    wish: Wish,
    _: Translate,
    *,
    limits: Limits = USUAL,
) -> Export:
    """The rows that a wish names.

    :param bring: says where the version's Parquet file lies, or brings it into a folder
    :raises QueryError: the wish cannot be read
    """
    ends: list[Callable[[], None]] = []
    try:
        holder = tempfile.TemporaryDirectory(prefix="gpo-export-")
        ends.append(holder.cleanup)
        folder = Path(holder.name)
        path = bring(folder)
        connection = connect(folder, path.parent, limits=limits)
        ends.append(connection.close)
        types = column_types(connection, path)
        fields = parquet_fields(table, types)
        selected = select_fields(fields, wish.fields, "select", _)
        source, values = _source(path, wish, fields, selected, types, _)
    except BaseException:
        while ends:
            ends.pop()()
        raise
    described = {descriptor["name"]: descriptor for descriptor in table.fields}
    columns = tuple(Column(described[f.name], f.type, types[f.name]) for f in selected)
    return Export(table, columns, connection, folder, path, source, values, ends)


def _source(
    path: Path,
    wish: Wish,
    fields: Fields,
    selected: list[Field],
    types: ColumnTypes,
    _: Translate,
) -> tuple[str, list[Value]]:
    condition = parse_filters(wish.filters, fields, _)
    clause, values = where_sql(condition, types)
    words = dict.fromkeys(wish.q.split())
    wording, word_values = words_sql(words, fields.values())
    order = _order(wish.sort, fields, _)
    number = f", {_ROW} = true" if order.field else ""
    limit = "" if wish.limit is None else f" LIMIT {wish.limit}"
    source = (
        f"FROM read_parquet({literal(str(path))}{number})"
        f" WHERE ({clause}) AND ({wording}){_order_sql(order)}{limit}"
    )
    if order.field:  # sorted is what is read, which is shorter than what is written
        names = ", ".join(identifier(field.name) for field in selected)
        source = f"FROM (SELECT {names} {source})"
    return source, [*values, *word_values]


def _order(sort: str, fields: Fields, _: Translate) -> Order:
    if not sort:
        return Order()
    (named,) = select_fields(fields, [sort.removeprefix("-")], "sort", _)
    return Order(named, sort.startswith("-"))


def _order_sql(order: Order) -> str:
    if order.field is None:
        return ""
    # rows of one value follow each other as they do in pages of records
    way = "DESC" if order.is_descending else "ASC"
    return f" ORDER BY {identifier(order.field.name)} {way} NULLS LAST, {_ROW} {way}"
