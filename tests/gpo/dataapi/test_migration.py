"""A site that counted downloads before there was usage: its counts go on."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any

import pytest
import sqlalchemy as sa

from tests.migrations import downgrade, empty_schema, revisions, upgrade

FIRST, SECOND = date(2026, 10, 31), date(2026, 11, 1)

DOWNLOADS = [
    ("culture-culture-venues", FIRST, 3),
    ("culture-culture-venues", SECOND, 2**31 - 1),
    ("legal-notary-fees", SECOND, 1),
]


@pytest.fixture
def connection(non_clean_db: None) -> Iterator[sa.Connection]:
    with empty_schema() as connection:
        yield connection


@pytest.fixture
def counted(connection: sa.Connection) -> sa.Connection:
    """The tables as they were, with what had been counted."""
    first, second, *_later = revisions("gpo_dataapi")
    upgrade(connection, first, second)
    for dataset, day, count in DOWNLOADS:
        connection.execute(
            sa.text("INSERT INTO gpo_dataapi_download VALUES (:dataset, :day, :count)"),
            {"dataset": dataset, "day": day, "count": count},
        )
    return connection


def rows(connection: sa.Connection, query: str) -> list[tuple[Any, ...]]:
    return [tuple(row) for row in connection.execute(sa.text(query))]


def tables(connection: sa.Connection) -> set[str]:
    return set(sa.inspect(connection).get_table_names(schema="old"))


def test_downloads_are_uses_of_no_format(counted: sa.Connection):
    upgrade(counted, *revisions("gpo_dataapi")[2:])

    assert rows(
        counted,
        "SELECT dataset, day, count, kind, format FROM gpo_dataapi_usage ORDER BY 1, 2",
    ) == [(*download, "download", "") for download in DOWNLOADS]
    assert "gpo_dataapi_usage" in tables(counted)
    assert "gpo_dataapi_download" not in tables(counted)


def test_counts_go_on_from_there(counted: sa.Connection):
    upgrade(counted, *revisions("gpo_dataapi")[2:])

    counted.execute(
        sa.text(
            "INSERT INTO gpo_dataapi_usage VALUES (:dataset, :day, 'download', '', 1)"
            " ON CONFLICT (dataset, day, kind, format)"
            " DO UPDATE SET count = gpo_dataapi_usage.count + excluded.count"
        ),
        {"dataset": DOWNLOADS[1][0], "day": SECOND},
    )
    query = "SELECT max(count) FROM gpo_dataapi_usage"
    assert rows(counted, query) == [(2**31,)]  # more than a count could be before


def test_the_way_back_adds_up_the_formats(counted: sa.Connection):
    (_first, _second, usage, *later) = revisions("gpo_dataapi")
    upgrade(counted, usage, *later)
    counted.execute(
        sa.text(
            "INSERT INTO gpo_dataapi_usage VALUES"
            " ('legal-notary-fees', :day, 'download', 'csv', 4),"
            " ('legal-notary-fees', :day, 'view', '', 9)"
        ),
        {"day": SECOND},
    )

    downgrade(counted, usage, *later)

    assert rows(counted, "SELECT * FROM gpo_dataapi_download ORDER BY 1, 2") == [
        *DOWNLOADS[:2],
        ("legal-notary-fees", SECOND, 5),
    ]
    assert tables(counted) == {"gpo_dataapi_download", "gpo_dataapi_profile"}
