"""A large export is written to its end with the memory that one export may take."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import duckdb
import pytest

from ckanext.gpo.common.tables import Table, table
from ckanext.gpo.dataapi import config
from ckanext.gpo.dataapi.exports import Export, Spelling, Wish, open_export, stream

from ...conftest import VENUES

ROWS = 400_000

VALUES = {
    "number": "CAST(random() * 100000 AS DECIMAL(12, 2))",
    "date": "DATE '2020-01-01' + CAST(random() * 2000 AS INT)",
}
"""Table Schema type → SQL; every other is a text that no compression makes short."""


def same(text: str) -> str:
    return text


@pytest.fixture(scope="module")
def large(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A file that has several times the memory of an export when it is a text."""
    path = tmp_path_factory.mktemp("large") / "version.parquet"
    columns = ", ".join(
        f'{VALUES.get(f["type"], "md5(CAST(random() AS VARCHAR))")} AS "{f["name"]}"'
        for f in _table().fields
    )
    duckdb.sql(
        f"COPY (SELECT {columns} FROM range({ROWS})) TO '{path}' (FORMAT parquet)"
    )
    return path


def _table() -> Table:
    return table(VENUES)


@pytest.fixture
def export(large: Path, ckan_config: Any, request: Any) -> Iterator[Export]:
    wish = Wish(sort=request.param)
    limits = config.export_limits()
    export = open_export(_table(), lambda _: large, wish, same, limits=limits)
    yield export
    export.close()


@pytest.mark.parametrize("export", ["", "address"], indirect=True)
def test_every_row_is_written(export: Export):
    lines = sum(piece.count(b"\n") for piece in stream(export, "csv", Spelling()))

    assert lines == ROWS + 1
