"""Rows of versions in the DataStore: loaded beside, then swapped in at one stroke.

CKAN's own `datastore_create` fills a table row by row while readers look on, so this
module uses the functions underneath it: the same table, comments, triggers and indexes,
but filled by COPY under the version's id and renamed to the resource's id once the
publication is certain.
"""

from __future__ import annotations

import contextlib
from pathlib import Path
from typing import Any

import psycopg2
import psycopg2.errors
import sqlalchemy as sa

from ckan.types import Context

from ckanext.datastore.backend import postgres as backend
from ckanext.gpo.common.columns import column_type, indexed_columns
from ckanext.gpo.common.errors import CandidateError
from ckanext.gpo.common.tables import ForeignKey, Table
from ckanext.gpo.common.web import page_cache


def fields(table: Table) -> list[dict[str, Any]]:
    """The table's fields as the DataStore's data dictionary takes them."""
    return [
        {
            "id": field["name"],
            "type": column_type(field),
            "info": {
                "label": field["title"],
                "label_en": field.get("title_en", ""),
                "notes": field.get("description", ""),
                "unit": field.get("unit", ""),
            },
        }
        for field in table.fields
    ]


def stage(version_id: str, table: Table, spool: Path, *, full_text: bool) -> int:
    """Load the spooled rows under the version's id, in one transaction.

    :param full_text: whether `datastore_search` can look for a word in whole rows; the
        words take most of a load's time, and a row of a million bytes has too many
    :returns: the number of rows
    :raises CandidateError: `value-not-storable`, PostgreSQL refuses a value
    """
    try:
        if full_text:
            with contextlib.suppress(psycopg2.errors.ProgramLimitExceeded):
                return _load(version_id, table, spool, full_text=True)
        return _load(version_id, table, spool, full_text=False)
    except (psycopg2.DataError, psycopg2.errors.ProgramLimitExceeded) as err:
        message = err.diag.message_primary or str(err)
        raise CandidateError("value-not-storable", message) from err


def _load(version_id: str, table: Table, spool: Path, *, full_text: bool) -> int:
    with backend.get_write_engine().begin() as connection:
        context = Context(connection=connection)
        connection.execute(sa.text(f"DROP TABLE IF EXISTS {_quote(version_id)}"))
        description = {"resource_id": version_id, "fields": fields(table)}
        backend.create_table(context, description, {})
        if full_text:
            backend._create_fulltext_trigger(connection, version_id)
        # The driver's own cursor: its errors tell what PostgreSQL cannot hold.
        cursor = connection.connection.cursor()
        rows = _copy(cursor, version_id, table, spool)
        # A load is rare and alone, its sort is large; the setting ends with it.
        cursor.execute("SET LOCAL maintenance_work_mem = '256MB'")
        for statement in _indexes(version_id, table, full_text):
            cursor.execute(statement)
        cursor.execute(f"ANALYZE {_quote(version_id)}")
    return rows


def has_full_text(resource_id: str) -> bool:
    """Whether a word can be looked for in whole rows; True if there is no such table."""
    # CKAN finds such words in the column that this trigger fills.
    statement = """
        SELECT NOT EXISTS (
            SELECT FROM pg_class t
            WHERE t.oid = to_regclass(:name) AND t.relkind = 'r' AND NOT EXISTS (
                SELECT FROM pg_trigger g
                WHERE g.tgrelid = t.oid AND g.tgname = 'zfulltext'))
    """
    with backend.get_read_engine().connect() as connection:
        answer = connection.execute(sa.text(statement), {"name": _quote(resource_id)})
        return bool(answer.scalar())


def is_staged(version_id: str) -> bool:
    return exists(version_id)


def exists(name: str) -> bool:
    """Whether there are rows under the id of a resource, or staged ones of a version."""
    with backend.get_read_engine().connect() as connection:
        return sa.inspect(connection).has_table(name)


def names() -> list[str]:
    """The ids under which there are rows: of resources, and of versions staged."""
    with backend.get_read_engine().connect() as connection:
        return sa.inspect(connection).get_table_names()


def drop(name: str) -> None:
    with backend.get_write_engine().begin() as connection:
        connection.execute(sa.text(f"DROP TABLE IF EXISTS {_quote(name)}"))
    page_cache.forget()


def swap(version_id: str, resource_id: str) -> None:
    """Let the staged rows take the place of the resource's rows, in one transaction."""
    with backend.get_write_engine().begin() as connection:
        connection.execute(
            sa.text(f"DROP TABLE IF EXISTS {_quote(resource_id)} CASCADE")
        )
        connection.execute(
            sa.text(f"ALTER TABLE {_quote(version_id)} RENAME TO {_quote(resource_id)}")
        )
        connection.execute(
            sa.text("DELETE FROM _table_stats WHERE resource_id = :id"),
            {"id": resource_id},
        )
    page_cache.forget()


def keys(resource_id: str, key: ForeignKey) -> frozenset[tuple[Any, ...]]:
    """All values that the referred columns of a published table have."""
    columns = ", ".join(_quote(name) for name in key.reference_fields)
    with backend.get_read_engine().connect() as connection:
        rows = connection.execute(
            sa.text(f"SELECT DISTINCT {columns} FROM {_quote(resource_id)}")  # noqa: S608 - quoted
        )
        return frozenset(tuple(row) for row in rows)


def _indexes(name: str, table: Table, full_text: bool) -> list[str]:
    # As CKAN's `create_indexes` would make and name them, but for the column of words,
    # which it always indexes, filled or not.
    def statement(columns: tuple[str, ...], unique: str = "") -> str:
        quoted = ", ".join(map(_quote, columns))
        index = _quote(backend._generate_index_name(name, quoted))
        return f"CREATE {unique} INDEX {index} ON {_quote(name)} ({quoted})"

    statements = [statement(columns) for columns in indexed_columns(table)]
    if table.primary_key:
        statements.insert(0, statement(table.primary_key, "UNIQUE"))
    if full_text:
        index = _quote(backend._generate_index_name(name, '"_full_text"'))
        statements.append(
            f"CREATE INDEX {index} ON {_quote(name)}"
            f" USING {backend._get_fts_index_method()} (_full_text)"
        )
    return statements


def _copy(cursor: Any, name: str, table: Table, spool: Path) -> int:
    columns = ", ".join(_quote(field["name"]) for field in table.fields)
    with spool.open("rb") as source:
        cursor.copy_expert(
            f"COPY {_quote(name)} ({columns}) FROM STDIN WITH"
            # a row of one empty cell is written in quotes, and is missing all the same
            f" (FORMAT csv, HEADER, ENCODING 'utf8', FORCE_NULL ({columns}))",
            source,
            size=1 << 20,
        )
    return cursor.rowcount


def _quote(name: str) -> str:
    return backend.identifier(name)
