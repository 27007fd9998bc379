"""What a Table Schema allows and the platform cannot keep.

A Table Schema bounds neither a whole number nor a text; PostgreSQL does, and no text here
holds characters that do not show (`common.characters`). Such a value is a fault of the
candidate like any other, found before anything is loaded.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from itertools import islice
from pathlib import Path
from typing import Any

import duckdb

from ckanext.gpo.common import characters
from ckanext.gpo.common.duck import connect, identifier, one
from ckanext.gpo.common.tables import Table

from .findings import EXAMPLES, OnFact
from .rows import LONGEST_ROW, Source

RULE = "value-not-storable"

_BATCH = 1_000

VALUE_LENGTH = 200
"""How many characters of a value are told."""

LONGEST_KEY = 2_600
"""Bytes of an entry in an index of PostgreSQL: a third of a page, less what heads it."""

LIMITS = {
    "int8": 2**63 - 1,
    "int4": 2**31 - 1,
    "numeric": 131_072,
    "character": None,
    "key": LONGEST_KEY,
    "row": LONGEST_ROW,
}
"""Reason → the largest that PostgreSQL holds."""

_REFUSED = {
    "integer": ("int8", "{0} IS NOT NULL AND TRY_CAST({0} AS BIGINT) IS NULL"),
    "year": ("int4", "{0} IS NOT NULL AND TRY_CAST({0} AS INTEGER) IS NULL"),
    "number": (
        "numeric",
        f"length(split_part({{0}}, '.', 1)) > {LIMITS['numeric']}"
        " OR length(split_part({0}, '.', 2)) > 16383"
        # Python knows a signalling NaN and one with a sign, PostgreSQL does not
        r" OR NOT regexp_full_match({0}, '-?[0-9]+(\.[0-9]+)?|NaN|-?Infinity')",
    ),
}
_FORMED = {"boolean", "date", "datetime", "time", "duration", "yearmonth"}
"""Types whose canonical text is of digits, letters and signs only."""

_CHARACTER = (
    "character",
    f"regexp_matches({{0}}, '{characters.RE2.replace('{', '{{').replace('}', '}}')}')",
)


def conditions(table: Table, columns: Mapping[str, str]) -> list[tuple[str, str, str]]:
    """When a row cannot be kept: `(field, reason, condition)`.

    The condition is one of DuckDB on canonical text (see `engine.rows`); the reason is
    `int8`, `int4`, `numeric`, `character` or `key`.

    :param columns: field → SQL of its text
    """
    tests: list[tuple[str, str, str]] = []
    for field in table.fields:
        if field["type"] in _FORMED:
            continue
        reason, condition = _REFUSED.get(field["type"], _CHARACTER)
        tests.append((field["name"], reason, condition.format(columns[field["name"]])))
    keys = [table.primary_key, *(key.fields for key in table.foreign_keys)]
    for names in dict.fromkeys(filter(None, keys)):
        size = " + ".join(f"coalesce(strlen({columns[name]}), 0)" for name in names)
        tests.append((names[0], "key", f"{size} > {LONGEST_KEY}"))
    return tests


def refusal(table: Table, columns: Mapping[str, str]) -> str:
    """When a row whose cells are all proved cannot be kept: a condition of DuckDB.

    What is proved to be a number or a year is one that can be.

    :param columns: field → SQL of its canonical text
    """
    tests = conditions(table, columns)
    return _any([test for test in tests if test[1] in ("character", "key")], columns)


def faults(spool: Path, table: Table, on_fact: OnFact | None = None) -> dict[str, Any]:
    """What of a report changes if rows that passed the check cannot be kept.

    :param on_fact: takes every error, where the report has examples
    :returns: `{valid, error_count, counts, errors}`, see `engine.check`; empty if every
        row can be kept
    """
    names = [field["name"] for field in table.fields]
    source = Source(spool, names)
    columns = dict(zip(names, map(identifier, names), strict=True))
    tests = conditions(table, columns)
    with connect(spool.parent) as connection:
        try:
            if not _count(connection, source, [_any(tests, columns)])[0]:
                return {}
        except duckdb.InvalidInputException:
            fact = _fact("row")
            if on_fact:
                on_fact(fact)
            return _report([(None, 1)], [fact])
        counts = _count(connection, source, [test for *_, test in tests])
        broken = [
            (name, reason, test, count)
            for (name, reason, test), count in zip(tests, counts, strict=True)
            if count
        ]
        facts: list[dict[str, Any]] = []
        for name, reason, test, _ in broken:
            rows = _broken_rows(connection, source, name, test)
            for number, (row, value) in enumerate(
                rows if on_fact else islice(rows, EXAMPLES)
            ):
                fact = _fact(reason, row=row, field=name, value=value)
                if number < EXAMPLES:
                    facts.append(fact)
                if on_fact:
                    on_fact(fact)
    return _report([(name, count) for name, *_, count in broken], facts)


def merge(report: dict[str, Any], faults: dict[str, Any]) -> dict[str, Any]:
    """A report with what `faults` found beside its own errors."""
    if not faults:
        return report
    return {
        **report,
        "valid": False,
        "error_count": report["error_count"] + faults["error_count"],
        "counts": report["counts"] + faults["counts"],
        "errors": report["errors"] + faults["errors"],
    }


def _fact(reason: str, **where: Any) -> dict[str, Any]:
    if reason == "character":
        where["value"] = characters.escape(where["value"])
    return {"rule": RULE, **where, "note": reason, "limit": LIMITS[reason]}


def _report(
    counts: list[tuple[str | None, int]], facts: list[dict[str, Any]]
) -> dict[str, Any]:
    return {
        "valid": False,
        "error_count": sum(count for _, count in counts),
        "counts": [
            {"rule": RULE, "field": name, "count": count} for name, count in counts
        ],
        "errors": facts,
    }


def _any(tests: list[tuple[str, str, str]], columns: Mapping[str, str]) -> str:
    """Whether any test holds of a row: quicker, its texts are looked at together."""
    texts = [columns[name] for name, reason, _ in tests if reason == "character"]
    others = [f"({test})" for _, reason, test in tests if reason != "character"]
    if texts:
        others.append(_CHARACTER[1].format(f"concat({', '.join(texts)})"))
    return " OR ".join(others) or "false"


def _count(
    connection: duckdb.DuckDBPyConnection, source: Source, tests: list[str]
) -> tuple[int, ...]:
    """For each test, of how many rows it holds."""
    counts = ", ".join(f"count_if({test})" for test in tests)
    query = f"SELECT {counts} FROM {source.sql}"  # noqa: S608
    return one(connection, query, source.parameters)


def _broken_rows(
    connection: duckdb.DuckDBPyConnection, source: Source, name: str, test: str
) -> Iterator[tuple[int, str]]:
    # the header is row 1
    cursor = connection.execute(
        "SELECT row, value FROM (SELECT row_number() OVER () + 1 AS row,"  # noqa: S608
        f" left({identifier(name)}, {VALUE_LENGTH}) AS value, {test} AS broken FROM {source.sql})"
        " WHERE broken ORDER BY row",
        source.parameters,
    )
    while rows := cursor.fetchmany(_BATCH):
        yield from rows
