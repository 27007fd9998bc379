"""The PostgreSQL database of the sample systems: one schema a department.

A table looks as such systems have it: short pinyin names, codes, a running number, a
mark for deleted records (`scbz`, '1' = deleted) and the time of the last change
(`gxsj`).
"""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from random import Random
from typing import Any

import psycopg2
from psycopg2 import sql

from .primitives import TODAY, dice

Row = dict[str, Any]

_AUDIT = """
scbz  char(1)    删除标志：0 正常，1 已删除
gxsj  timestamp  更新时间
"""


@dataclass(frozen=True)
class Column:
    """One column: name, PostgreSQL type and the comment that a person reads."""

    name: str
    type: str
    comment: str


@dataclass(frozen=True)
class SourceTable:
    """One table of a business system.

    :param layout: a line a column: name, type, comment
    :param rows: the live records, without the columns that every table has
    """

    schema: str
    name: str
    comment: str
    layout: str
    rows: Callable[[], Iterable[Row]]

    @property
    def columns(self) -> list[Column]:
        lines = ["id bigint 流水号", *self.layout.split("\n"), *_AUDIT.split("\n")]
        return [Column(*line.split(None, 2)) for line in lines if line.strip()]

    def records(self) -> Iterator[Row]:
        """The live records among deleted ones: a corrected entry leaves its old form."""
        rng = dice(f"{self.schema}.{self.name} audit")
        number = 0
        for row in self.rows():
            if rng.random() < 0.015:
                number += 1
                yield {"id": number, **row, "scbz": "1", "gxsj": _moment(rng, row)}
            number += 1
            yield {"id": number, **row, "scbz": "0", "gxsj": _moment(rng, row)}


def _moment(rng: Random, row: Mapping[str, Any]) -> datetime:
    days = [v for v in row.values() if hasattr(v, "isoformat")]
    past_days = [day for day in days if day <= TODAY]
    day = max(past_days, default=TODAY) + timedelta(days=rng.randint(0, 3))
    return datetime.combine(day, time(8 + rng.randint(0, 9), rng.randint(0, 59)))


def load(url: str, tables: Iterable[SourceTable]) -> dict[str, int]:
    """Fill the database, in one transaction, and say how many records each table has.

    What stood in the departments' schemas is replaced, so a second run ends with the
    same content, and a harvest that reads meanwhile sees one state or the other.

    Who may read the schemas is the database's affair (`ALTER DEFAULT PRIVILEGES`).

    :raises psycopg2.Error: the database cannot be reached or written
    """
    tables = list(tables)
    counts: dict[str, int] = {}
    connection = psycopg2.connect(url)
    try:
        with connection, connection.cursor() as cursor:
            for schema in dict.fromkeys(table.schema for table in tables):
                _make_schema(cursor, schema)
            for table in tables:
                counts[f"{table.schema}.{table.name}"] = _fill(cursor, table)
    finally:
        connection.close()
    return counts


def _make_schema(cursor: Any, schema: str) -> None:
    name = sql.Identifier(schema)
    cursor.execute(sql.SQL("DROP SCHEMA IF EXISTS {} CASCADE").format(name))
    cursor.execute(sql.SQL("CREATE SCHEMA {}").format(name))


def _fill(cursor: Any, table: SourceTable) -> int:
    name = sql.Identifier(table.schema, table.name)
    columns = table.columns
    cursor.execute(
        sql.SQL("CREATE TABLE {} ({}, PRIMARY KEY (id))").format(
            name,
            sql.SQL(", ").join(
                sql.SQL("{} {}").format(sql.Identifier(c.name), sql.SQL(c.type))
                for c in columns
            ),
        )
    )
    comment = sql.SQL("COMMENT ON TABLE {} IS {}")
    cursor.execute(comment.format(name, sql.Literal(table.comment)))
    for column in columns:
        cursor.execute(
            sql.SQL("COMMENT ON COLUMN {} IS {}").format(
                sql.Identifier(table.schema, table.name, column.name),
                sql.Literal(column.comment),
            )
        )
    buffer = io.StringIO()
    writer = csv.DictWriter(buffer, [c.name for c in columns])
    count = 0
    for record in table.records():
        writer.writerow(record)
        count += 1
    buffer.seek(0)
    copy = sql.SQL("COPY {} FROM STDIN WITH (FORMAT csv)").format(name)
    cursor.copy_expert(copy, buffer)
    return count
