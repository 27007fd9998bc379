"""Rows of tables in the DataStore, as a publication loads them."""

from __future__ import annotations

import csv
import tempfile
from collections.abc import Callable, Generator, Iterator, Sequence
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path
from typing import Any

import pytest

from ckanext.datastore.backend.postgres import get_read_engine
from ckanext.gpo.common.tables import Table
from ckanext.gpo.dataapi import query
from ckanext.gpo.dataapi.query import Run
from ckanext.gpo.quality.publication import datastore, files
from ckanext.gpo.quality.publication.datapackage import Origin

ORIGIN = Origin("probe", "http://x", 1, "2026-11-23T09:00:00+08:00", {"name": "x"})
NAME = "c0a1d9b2-7e55-4a37-9c1e-5d1f0b7a2e44"

Stage = Callable[..., Callable[[], AbstractContextManager[Run]]]


def words(text: str) -> str:
    """English, as it stands in the code."""
    return text


def described(*fields: dict[str, Any], **schema: Any) -> Table:
    """A table of these fields."""
    named = [{"title": field["name"], "type": "string", **field} for field in fields]
    return Table(
        "budget",
        {
            "name": "probe",
            "title": "probe",
            "description": "",
            "schema": {"fields": named, **schema},
        },
    )


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("rows")


@pytest.fixture
def stage(with_plugins: None, folder: Path) -> Iterator[Stage]:
    """Load rows of a table under `NAME`; returns what opens runs on them."""

    def load(
        table: Table, rows: Sequence[Sequence[str]], seconds: float = 60
    ) -> Callable[[], AbstractContextManager[Run]]:
        spool = folder / "rows.csv"
        with spool.open("w", encoding="utf-8", newline="") as target:
            writer = csv.writer(target)
            writer.writerow([field["name"] for field in table.fields])
            writer.writerows(rows)
        datastore.stage(NAME, table, spool, full_text=False)

        @contextmanager
        def opened() -> Generator[Run]:
            with query.run(get_read_engine(), seconds, words) as run:
                yield run

        return opened

    yield load
    datastore.drop(NAME)


def write_parquet(table: Table, folder: Path) -> Path:
    """The file that a publication makes of the rows staged last."""
    made = Path(tempfile.mkdtemp(dir=folder))
    return files.build(table, folder / "rows.csv", made, ORIGIN)["parquet"]
