"""The servers of bin/test itself: they are made the way a site's are."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

import psycopg2
import pytest
import redis
from launcher.filling import waiting_jobs
from launcher.postgres import binaries
from launcher.steps import StepError
from rq import Queue
from rq.job import Job

TABLE = "gpo_launcher_test"


def connect(variable: str) -> psycopg2.extensions.connection:
    connection = psycopg2.connect(os.environ[variable])
    connection.autocommit = True
    return connection


@pytest.fixture
def written() -> Iterator[str]:
    """A table of the DataStore, made by the role that writes."""
    with connect("CKAN_DATASTORE_WRITE_URL").cursor() as writer:
        writer.execute(f"CREATE TABLE {TABLE} (a int)")
        writer.execute(f"INSERT INTO {TABLE} VALUES (1)")
        yield TABLE
        writer.execute(f"DROP TABLE {TABLE}")


def test_the_datastores_reader_reads(written: str):
    with connect("CKAN_DATASTORE_READ_URL").cursor() as reader:
        reader.execute(f"SELECT a FROM {written}")

        assert reader.fetchall() == [(1,)]


@pytest.mark.parametrize(
    "statement",
    [
        f"INSERT INTO {TABLE} VALUES (2)",
        f"UPDATE {TABLE} SET a = 2",
        f"DELETE FROM {TABLE}",
        f"TRUNCATE {TABLE}",
        f"DROP TABLE {TABLE}",
        f"ALTER TABLE {TABLE} ADD b int",
        "CREATE TABLE gpo_mine (a int)",
        "CREATE SCHEMA gpo_mine",
        "CREATE TEMPORARY TABLE gpo_mine (a int)",
        "CREATE ROLE gpo_mine",
        "COPY (SELECT 1) TO PROGRAM 'true'",
        "SELECT pg_read_file('/etc/passwd')",
    ],
)
def test_the_datastores_reader_can_only_read(written: str, statement: str):
    with connect("CKAN_DATASTORE_READ_URL").cursor() as reader:
        reader.execute("SET default_transaction_read_only = off")  # anyone may ask

        with pytest.raises(psycopg2.errors.InsufficientPrivilege):
            reader.execute(statement)


@pytest.mark.parametrize("database", ["gpo_ckan", "gpo_business"])
def test_the_datastores_reader_enters_no_other_database(database: str):
    address = os.environ["CKAN_DATASTORE_READ_URL"].rpartition("/")[0]

    with pytest.raises(psycopg2.OperationalError, match="permission denied"):
        psycopg2.connect(f"{address}/{database}")


def test_a_wrong_password_opens_nothing():
    address = os.environ["CKAN_SQLALCHEMY_URL"].replace("gpo_ckan:", "gpo_ckan:x", 1)

    with pytest.raises(psycopg2.OperationalError, match="password"):
        psycopg2.connect(address)


def test_redis_asks_for_its_password():
    place = os.environ["CKAN_REDIS_URL"].rpartition("@")[2]

    client = redis.Redis.from_url(f"redis://{place}")
    with client, pytest.raises(redis.AuthenticationError):
        client.ping()


def test_jobs_that_wait_are_counted():
    with redis.Redis.from_url(os.environ["CKAN_REDIS_URL"]) as client:
        before = waiting_jobs(client)
        queue = Queue("gpo-launcher-test", connection=client)
        job: Job = queue.enqueue("builtins.print")

        assert waiting_jobs(client) == before + 1

        job.delete()
        queue.delete()


def test_a_cluster_is_served_by_the_version_that_made_it(tmp_path: Path):
    for version in ("9.6", "15", "17"):
        (tmp_path / version / "bin").mkdir(parents=True)
        (tmp_path / version / "bin" / "initdb").touch()
    cluster = tmp_path / "cluster"
    cluster.mkdir()
    assert binaries(cluster, tmp_path) == tmp_path / "17" / "bin"

    (cluster / "PG_VERSION").write_text("15\n")
    assert binaries(cluster, tmp_path) == tmp_path / "15" / "bin"

    (cluster / "PG_VERSION").write_text("16\n")
    with pytest.raises(StepError) as failed:
        binaries(cluster, tmp_path)
    assert "postgresql-16" in failed.value.hint
