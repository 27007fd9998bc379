"""A site that is saved and brought back elsewhere is the same site.

With docker/backup.sh and docker/restore.sh, as docker/README.md tells operators to.
"""

from __future__ import annotations

import configparser
import json
import os
import subprocess
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import psycopg2
import pytest
from launcher import account, database
from launcher.environment import site_env
from launcher.place import ROOT, VENV, Place
from launcher.postgres import Cluster, binaries
from launcher.secrets_file import Secrets

DERIVED = {"search-index", "webassets", "i18n", "harvest"}
TABLES = "SELECT tablename FROM pg_tables WHERE schemaname = 'public'"
CONTENT = """SELECT md5(coalesce(string_agg(r, E'\\n' ORDER BY r), ''))
    FROM (SELECT t::text AS r FROM "{}" AS t) AS rows"""


@pytest.fixture(scope="module")
def cluster(site) -> Cluster:
    place = Place(site.home)
    ports = json.loads(place.state.read_text())["ports"]
    secrets = Secrets.load(place.secrets, account.caller())
    folder = place.data / "postgres"
    return Cluster(folder, ports["postgres"], secrets.postgres, account.servers())


@pytest.fixture(scope="module")
def saved(site) -> dict[str, str]:
    """The environment of the site that is saved."""
    ini = configparser.RawConfigParser()
    ini.read(site.home / "ckan.ini")
    options = ini["app:main"]
    return {
        "CKAN_SQLALCHEMY_URL": options["sqlalchemy.url"],
        "CKAN_DATASTORE_WRITE_URL": options["ckan.datastore.write_url"],
        "CKAN_DATASTORE_READ_URL": options["ckan.datastore.read_url"],
        "CKAN_STORAGE_PATH": options["ckan.storage_path"],
    }


@pytest.fixture(scope="module")
def other(cluster: Cluster, saved: dict[str, str], tmp_path_factory) -> Iterator[dict]:
    """The environment of a site with empty databases and an empty storage."""
    names = {database.CKAN: "restored_ckan", database.DATASTORE: "restored_datastore"}
    env = {}
    for key, value in saved.items():
        head, _, name = value.rpartition("/")
        env[key] = f"{head}/{names.get(name, name)}"
    env["CKAN_STORAGE_PATH"] = str(tmp_path_factory.mktemp("restored"))
    with closing(cluster.connect()) as connection, connection.cursor() as cursor:
        for owner, name in names.items():
            cursor.execute(f"CREATE DATABASE {name} OWNER {owner} TEMPLATE template0")
        yield env
        for name in names.values():
            cursor.execute(f"DROP DATABASE {name} WITH (FORCE)")


def sh(script: str, folder: Path, env: dict[str, str], cluster: Cluster):
    path = f"{binaries(cluster.folder)}:{os.environ['PATH']}"
    return subprocess.run(
        ["sh", ROOT / "docker" / script, folder],
        env={**env, "PATH": path},
        capture_output=True,
        text=True,
        check=False,
    )


def contents(url: str) -> dict[str, str]:
    """A hash of every table's rows."""
    with closing(psycopg2.connect(url)) as connection, connection.cursor() as cursor:
        cursor.execute(TABLES)
        tables = [name for (name,) in cursor.fetchall()]
        hashes = {}
        for table in tables:
            cursor.execute(CONTENT.format(table))
            hashes[table] = cursor.fetchone()[0]
    return hashes


def files(storage: str) -> dict[str, bytes]:
    root = Path(storage)
    return {
        str(path.relative_to(root)): path.read_bytes()
        for path in root.rglob("*")
        if path.is_file() and path.relative_to(root).parts[0] not in DERIVED
    }


@pytest.fixture(scope="module")
def backup(saved, cluster: Cluster, tmp_path_factory) -> Path:
    folder = tmp_path_factory.mktemp("backups") / "today"
    done = sh("backup.sh", folder, saved, cluster)
    assert done.returncode == 0, done.stderr
    return folder


def test_what_is_brought_back_is_what_was_saved(backup: Path, saved, other, cluster):
    done = sh("restore.sh", backup, other, cluster)

    assert done.returncode == 0, done.stderr
    for url in ("CKAN_SQLALCHEMY_URL", "CKAN_DATASTORE_WRITE_URL"):
        assert contents(other[url]) == contents(saved[url])
    assert files(other["CKAN_STORAGE_PATH"]) == files(saved["CKAN_STORAGE_PATH"])


def test_the_restored_site_builds_its_index_and_is_whole(site, other, cluster: Cluster):
    """As setup.sh does, with nothing of the first site but its ini file."""
    place = Place(site.home)
    env = {**site_env(place, os.geteuid()), **other}

    def ckan(*words: str) -> str:
        command = [VENV / "bin" / "ckan", "-c", place.ckan_ini, *words]
        done = subprocess.run(
            command, env=env, capture_output=True, text=True, check=False
        )
        assert done.returncode == 0, done.stderr
        return done.stdout

    index = Path(other["CKAN_STORAGE_PATH"]) / "search-index"
    assert not index.exists()  # derived: not in the backup

    ckan("db", "upgrade")
    rights = ckan("datastore", "set-permissions")
    psql = [binaries(cluster.folder) / "psql", "--no-psqlrc", "--set=ON_ERROR_STOP=1"]
    subprocess.run(
        psql, input=rights, env=cluster.client_env, text=True, check=True, timeout=60
    )
    ckan("gpo-search", "check", "--repair")

    assert index.exists()
    assert "0 missing" in ckan("gpo-search", "check")


def test_nothing_is_written_over(backup: Path, saved, cluster, site):
    before = contents(saved["CKAN_SQLALCHEMY_URL"])

    again = sh("backup.sh", backup, saved, cluster)
    over = sh("restore.sh", backup, saved, cluster)

    assert again.returncode != 0
    assert over.returncode != 0
    assert "不为空" in over.stderr
    assert contents(saved["CKAN_SQLALCHEMY_URL"]) == before


def test_a_backup_that_was_damaged_is_refused(backup: Path, other, cluster):
    dump = backup / "ckan.dump"
    dump.write_bytes(dump.read_bytes()[:-1] + b"x")

    done = sh("restore.sh", backup, other, cluster)

    assert done.returncode != 0
    assert "ckan.dump" in done.stdout + done.stderr
