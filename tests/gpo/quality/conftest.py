"""Versions that keep a Parquet file, for what compares them."""

from __future__ import annotations

from pathlib import Path

import duckdb
import pytest

from ckanext.gpo.common.tables import Table
from ckanext.gpo.quality import files

TYPES = {"integer": "BIGINT", "number": "DECIMAL(38,10)", "date": "DATE"}


@pytest.fixture
def with_parquet(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let every publication keep a Parquet file of its rows, typed by the schema."""
    build = files.build

    def build_parquet_too(table: Table, spool: Path, folder: Path) -> dict[str, Path]:
        paths = build(table, spool, folder)
        path = folder / f"{table.dataset_name}.parquet"
        types = {f["name"]: TYPES.get(f["type"], "VARCHAR") for f in table.fields}
        with duckdb.connect() as db:
            rows = db.read_csv(str(spool), header=True, dtype=types)
            rows.write_parquet(str(path))
        return paths | {"parquet": path}

    monkeypatch.setattr(files, "build", build_parquet_too)
