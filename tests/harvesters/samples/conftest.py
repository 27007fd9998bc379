"""The three sample systems, really running, and what the harvesters get out of them."""

from __future__ import annotations

import csv
import os
import threading
from collections.abc import Callable, Iterator, Mapping
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import psycopg2
import pytest
from werkzeug.serving import make_server

import ckan.plugins.toolkit as tk

from ckanext.gpo.common.tables import Table, tables
from ckanext.gpo.harvest import candidate, mapping
from ckanext.gpo.harvest.extract import SourceFile
from ckanext.gpo.harvest.sources import Source, Sources, SourceTable
from ckanext.gpo.intake import Declaration, Limits, read
from ckanext.gpo.quality import examination
from ckanext.gpo.quality.engine import Reference

from gpo_harvesters.database import DatabaseHarvester
from gpo_harvesters.files import FilesHarvester
from gpo_harvesters.rest import RestHarvester
from gpo_samples import database, systems

TOKEN = "token-of-the-tests"
HARVESTERS = {
    "database": DatabaseHarvester,
    "files": FilesHarvester,
    "rest": RestHarvester,
}
FAULTY = {
    "planning/plan_publicity",
    "food_drug/food_sampling",
    "culture/culture_activities",
    "legal/notary_fees",
}


@pytest.fixture(scope="session")
def business_url() -> Iterator[str]:
    """The database of the sample systems, filled; its schemas go at the end."""
    url = os.environ["GPO_TEST_DATABASE_URL"]
    database.load(url, systems.TABLES)
    yield url
    with closing(psycopg2.connect(url)) as connection, connection.cursor() as cursor:
        for schema in {table.schema for table in systems.TABLES}:
            cursor.execute(f"DROP SCHEMA {schema} CASCADE")
        connection.commit()


@pytest.fixture(scope="session")
def drop_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The drop folder as it was before anybody corrected anything."""
    folder = tmp_path_factory.mktemp("drop")
    systems.load_files(folder)
    return folder


@pytest.fixture(scope="session")
def service_url(drop_folder: Path) -> Iterator[str]:
    """The JSON services on a port of their own."""
    app = systems.service(TOKEN, drop_folder)
    server = make_server("127.0.0.1", 0, app, threaded=True)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}/"
    server.shutdown()
    thread.join()
    server.server_close()


@dataclass
class Harvested:
    """A table as the gate gets it, and its rows as the gate reads them."""

    path: Path
    declaration: Mapping[str, Any]
    header: list[str]
    rows: list[list[str]]

    def column(self, name: str) -> list[str]:
        place = self.header.index(name)
        return [row[place] for row in self.rows]

    def keys(self, fields: tuple[str, ...]) -> list[tuple[str, ...]]:
        places = [self.header.index(name) for name in fields]
        return [tuple(row[place] for place in places) for row in self.rows]

    def where(self, **wanted: str) -> list[dict[str, str]]:
        rows = (dict(zip(self.header, row, strict=True)) for row in self.rows)
        return [r for r in rows if all(r[k] == v for k, v in wanted.items())]


@pytest.fixture(scope="session")
def sources() -> dict[str, tuple[Source, SourceTable]]:
    """Source and mapping of every table, by its ref."""
    known = Sources(
        "gpo_harvesters", {name: each.kind for name, each in HARVESTERS.items()}
    )
    return {
        table.ref: (source, table)
        for source in map(known.get, known.names())
        for table in source.tables
    }


@pytest.fixture(scope="session")
def systems_config(
    business_url: str, drop_folder: Path, service_url: str
) -> dict[str, str]:
    """The options that lead the sources to the running systems."""
    connection = "ckanext.gpo.harvest.connection."
    token = "ckanext.gpo.harvest.token."
    return {
        connection + "business_db": business_url,
        connection + "drop_folder": str(drop_folder),
        connection + "tax_service": service_url,
        connection + "legal_service": service_url,
        token + "tax_service": TOKEN,
        token + "legal_service": TOKEN,
    }


@pytest.fixture(scope="session")
def harvest_table(
    sources: dict[str, tuple[Source, SourceTable]],
    systems_config: dict[str, str],
    tmp_path_factory: pytest.TempPathFactory,
) -> Callable[[str], Harvested]:
    """Fetch a table as its harvester does, and map it by its source's YAML."""
    folder = tmp_path_factory.mktemp("candidates")

    def fetch(ref: str) -> Harvested:
        source, wanted = sources[ref]
        fields = mapping.fields(source, wanted, tables()[ref])
        path = folder / ref.replace("/", "-")
        with pytest.MonkeyPatch.context() as patch:
            for option, value in systems_config.items():
                patch.setitem(tk.config, option, value)
            extract = HARVESTERS[source.kind].extract(None, source, wanted)  # type: ignore[arg-type]
            if isinstance(extract, SourceFile):
                candidate.copy(extract.path, path, lambda: None)
                declaration = extract.declaration
            else:
                mapper = mapping.row_mapper(fields, wanted, extract.columns)
                header = [field["name"] for field in fields]
                candidate.write(path, header, extract.rows, mapper, lambda: None)
                declaration = {}
        declared = Declaration.from_descriptor(declaration)
        clean = read(path, tables()[ref], declared, folder, Limits())
        with clean.path.open(encoding="utf-8", newline="") as stream:
            header, *rows = csv.reader(stream)
        return Harvested(path, declaration, header, rows)

    return fetch


@pytest.fixture(scope="session")
def harvested(
    harvest_table: Callable[[str], Harvested],
) -> dict[str, Harvested]:
    """All tables, by ref."""
    return {ref: harvest_table(ref) for ref in tables()}


@pytest.fixture(scope="session")
def judge(
    harvested: dict[str, Harvested], tmp_path_factory: pytest.TempPathFactory
) -> Callable[[Table, Harvested], dict[str, Any]]:
    """The gate's report on a candidate, with foreign keys to the harvested tables."""
    folder = tmp_path_factory.mktemp("check")

    def report(table: Table, harvest: Harvested) -> dict[str, Any]:
        references = [
            Reference(
                key, frozenset(harvested[key.table_ref].keys(key.reference_fields))
            )
            for key in table.foreign_keys
        ]
        return examination.examine(
            harvest.path, table, harvest.declaration, references, folder, Limits()
        )

    return report
