"""The peer of `rows`: the same records in a table of PostgreSQL, found by trigrams."""

from __future__ import annotations

import csv
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

import psycopg2
import psycopg2.errors

import ckan.plugins.toolkit as tk

from ckanext.gpo.search.records import text
from ckanext.gpo.search.records.query import RecordQuery

from bench import rows_corpus
from bench.figure import Stopwatch
from bench.rows_corpus import COLUMNS

NAME = "gpo_bench_rows"
MOST = 200
TIMEOUT = 10_000
"""Milliseconds of a question; one that takes longer has found nothing."""

CODES = frozenset({"credit code", "permit number", "permit beginning"})
SOUNDS = frozenset({"pinyin", "homophone"})


@dataclass
class PostgresTable:
    """The table, filled and indexed."""

    cursor: Any
    build_seconds: float
    megabytes: float

    def find(self, kind: str, question: str) -> list[str]:
        query = RecordQuery.read(question)
        if query is None:
            return []
        try:
            self.cursor.execute(*_statement(kind, query))
            return [key for (key,) in self.cursor.fetchall()]
        except psycopg2.errors.QueryCanceled:
            return []


def _statement(kind: str, query: RecordQuery) -> tuple[str, list[Any]]:
    if kind in SOUNDS:
        return (
            _like("sound", _letters(query.sounds[0]))
            if query.sounds
            else _like("sound", "-")
        )
    if kind == "typo":
        return (
            f"SELECT key FROM {NAME} WHERE %s <%% plain ORDER BY %s <<-> plain LIMIT {MOST}",
            [query.plain, query.plain],
        )
    if kind in CODES or kind == "document number":
        return _like("plain", query.compact)
    return _like("plain", query.plain)


def _like(column: str, part: str) -> tuple[str, list[Any]]:
    return f"SELECT key FROM {NAME} WHERE {column} LIKE %s LIMIT {MOST}", [f"%{part}%"]


@contextmanager
def table(count: int) -> Iterator[PostgresTable]:
    """So many records in PostgreSQL, for as long as they are asked for."""
    connection = psycopg2.connect(tk.config["sqlalchemy.url"])
    connection.autocommit = True
    cursor = connection.cursor()
    cursor.execute("CREATE EXTENSION IF NOT EXISTS pg_trgm")
    cursor.execute("SET maintenance_work_mem = '256MB'")
    cursor.execute(f"DROP TABLE IF EXISTS {NAME}")
    cursor.execute(f"CREATE UNLOGGED TABLE {NAME} (key text, plain text, sound text)")
    try:
        with Stopwatch() as building:
            _fill(cursor, count)
            for column in ("plain", "sound"):
                cursor.execute(
                    f"CREATE INDEX ON {NAME} USING gin ({column} gin_trgm_ops)"
                )
            cursor.execute(f"ANALYZE {NAME}")
        cursor.execute("SELECT pg_total_relation_size(%s)", [NAME])
        ((size,),) = cursor.fetchall()
        cursor.execute(f"SET statement_timeout = {TIMEOUT}")
        yield PostgresTable(cursor, building.seconds, size / 1e6)
    finally:
        cursor.execute(f"DROP TABLE {NAME}")
        connection.close()


def _fill(cursor: Any, count: int) -> None:
    with tempfile.TemporaryFile("w+", dir="/var/tmp", encoding="utf-8") as file:
        writer = csv.writer(file)
        for row in rows_corpus.rows(count):
            plain = [text.plain(value) for value in row]
            compact = [
                part if column.role.is_spoken else text.compact(text.units(part))
                for part, column in zip(plain, COLUMNS, strict=True)
            ]
            sound = " ".join(
                _letters(text.sounds(part))
                for part, column in zip(plain, COLUMNS, strict=True)
                if column.role.is_spoken
            )
            writer.writerow([row.permit_number, " ".join(compact), sound])
        file.seek(0)
        cursor.copy_expert(f"COPY {NAME} FROM STDIN WITH (FORMAT csv)", file)


def _letters(syllables: str) -> str:
    """Sounds as characters that PostgreSQL takes for letters."""
    first = text.FIRST_SOUND
    return "".join(chr(ord(c) - first + 0x4E00) if c != " " else c for c in syllables)
