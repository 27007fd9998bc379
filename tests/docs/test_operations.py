"""What docs/operations.md tells to do, done: a site saved, and brought back elsewhere."""

from __future__ import annotations

import hashlib
import os
import re
import subprocess
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

import psycopg2
import pytest
import sqlalchemy as sa
from launcher.place import VENV

from ckanext.gpo.common.ledger import chain

from ..gpo.conftest import VENUES, Gate, row
from .recipe import ROOT, Block, blocks

OPERATIONS = ROOT / "docs" / "operations.md"
FOLDER = "/var/backups/gpo/today"
DATABASES = {"CKAN_SQLALCHEMY_URL": "ckan", "CKAN_DATASTORE_WRITE_URL": "datastore"}
TABLES = "SELECT tablename FROM pg_tables WHERE schemaname = 'public'"
CONTENT = """SELECT count(*), md5(coalesce(string_agg(r, E'\\n' ORDER BY r), ''))
    FROM (SELECT t::text AS r FROM "{}" AS t) AS rows"""


@dataclass(frozen=True)
class Machine:
    """Where commands run: a site by its databases and its storage."""

    env: dict[str, str]
    backups: Path

    def follow(self, section: str, head: str = "HEAD") -> list[str]:
        """Run the commands of a section of the text; what each printed."""
        told = [
            self._run(block, head)
            for block in blocks(OPERATIONS)
            if block.language == "console" and block.section == section
        ]
        assert told, f"no command in {section}"
        return told

    def _run(self, block: Block, head: str) -> str:
        text = block.text.replace(FOLDER, str(self.backups / "today"))
        first, *expected = text.replace("HEAD", head).splitlines()
        done = subprocess.run(
            ["sh", "-c", first.removeprefix("$ ")],
            cwd=ROOT,
            env=self.env,
            capture_output=True,
            text=True,
            check=False,
        )
        assert done.returncode == 0, f"{first}\n{done.stdout}\n{done.stderr}"
        for line in expected:
            words = ".*".join(re.escape(part) for part in line.split("…"))
            assert re.search(words, done.stdout), f"{line!r} not in\n{done.stdout}"
        return done.stdout

    def content(self) -> dict[str, tuple[int, str]]:
        """Number of rows and hash of every table in both databases."""
        told = {}
        for option, name in DATABASES.items():
            with closing(psycopg2.connect(self.env[option])) as connection:
                cursor = connection.cursor()
                cursor.execute(TABLES)
                for (table,) in cursor.fetchall():
                    cursor.execute(CONTENT.format(table))
                    told[f"{name}.{table}"] = cursor.fetchone()
        return told


def _environment(**changes: str) -> dict[str, str]:
    path = f"{VENV / 'bin'}:{os.environ['PATH']}"
    return {**os.environ, "PATH": path, **changes}


@pytest.fixture
def first(gate: Gate, tmp_path: Path) -> Machine:
    """A small site: two versions published and one rejected, each with its events."""
    assert gate.judge(VENUES, row(VENUES))["state"] == "published"
    assert gate.judge(VENUES, row(VENUES, venue_name=""))["state"] == "rejected"
    assert gate.judge(VENUES, row(VENUES, venue_name="乙馆"))["state"] == "published"
    return Machine(_environment(), tmp_path)


@pytest.fixture
def second(tmp_path: Path) -> Iterator[Machine]:
    """Another machine: empty databases, an empty storage, the same backups."""
    changes = {"CKAN_STORAGE_PATH": str(tmp_path / "storage")}
    (tmp_path / "storage").mkdir()
    with closing(psycopg2.connect(os.environ["GPO_TEST_ADMIN_URL"])) as connection:
        connection.autocommit = True
        cursor = connection.cursor()
        for option, name in DATABASES.items():
            database = f"second_{name}"
            cursor.execute(
                f"CREATE DATABASE {database} OWNER gpo_{name} TEMPLATE template0"
            )
            changes[option] = os.environ[option].rpartition("/")[0] + f"/{database}"
        read = os.environ["CKAN_DATASTORE_READ_URL"].rpartition("/")[0]
        changes["CKAN_DATASTORE_READ_URL"] = f"{read}/second_datastore"
        _give_rights(changes)
        yield Machine(_environment(**changes), tmp_path)
        for name in DATABASES.values():
            cursor.execute(f"DROP DATABASE second_{name} WITH (FORCE)")


def _give_rights(urls: dict[str, str]) -> None:
    """What docker/setup.sh gives after the tables are there, given before."""
    reader = sa.make_url(urls["CKAN_DATASTORE_READ_URL"]).username
    with closing(psycopg2.connect(urls["CKAN_DATASTORE_WRITE_URL"])) as connection:
        connection.autocommit = True
        connection.cursor().execute(
            f"ALTER DEFAULT PRIVILEGES GRANT SELECT ON TABLES TO {reader}"
        )


def test_a_site_is_saved_and_brought_back(first: Machine, second: Machine):
    before = first.content()
    (verified, _) = first.follow("Save")
    head = verified.split()[-1]

    told = second.follow("Bring back", head)

    after = second.content()
    assert after == before
    assert after["ckan.gpo_quality_version"][0] == 3
    assert after["ckan.gpo_common_event"][0] > 0
    assert len(told) == 3
    with sa.create_engine(second.env["CKAN_SQLALCHEMY_URL"]).connect() as connection:
        verdict = chain.verify(connection, head)
        files = connection.execute(
            sa.text("SELECT files FROM gpo_quality_version WHERE state = 'published'")
        ).scalar_one()
    assert verdict.first_break is None
    storage = Path(second.env["CKAN_STORAGE_PATH"])
    hashes = {
        hashlib.sha256(path.read_bytes()).hexdigest()
        for path in storage.rglob("*")
        if path.is_file()
    }
    assert {file["sha256"] for file in files.values()} <= hashes
    assert (storage / "search-index").is_dir()

    second.follow("When the index is lost")
