"""Tables and queries of a PostgreSQL database."""

from __future__ import annotations

import logging
import re
from collections.abc import Generator, Sequence

import sqlalchemy as sa
from sqlalchemy.dialects import postgresql
from sqlalchemy.exc import ArgumentError, DBAPIError
from sqlalchemy.pool import NullPool

import ckan.plugins as p

from ckanext.gpo.common import tables
from ckanext.gpo.harvest import config
from ckanext.gpo.harvest.base import GpoHarvester
from ckanext.gpo.harvest.extract import Extract, Row
from ckanext.gpo.harvest.failures import HarvestError, Texts, Translate
from ckanext.gpo.harvest.kind import Kind
from ckanext.gpo.harvest.sources import Source, SourceTable
from ckanext.harvest.interfaces import IHarvester

_TABLE = {
    "properties": {
        "from": {
            "type": "string",
            "pattern": r"^([A-Za-z_][A-Za-z0-9_]*\.)?[A-Za-z_][A-Za-z0-9_]*$",
        },
        "where": {"type": "string", "pattern": "^[^;]+$"},
        "query": {"type": "string", "pattern": r"^\s*(?i:select|with)\s[^;]*$"},
    },
    "oneOf": [{"required": ["from"]}, {"required": ["query"]}],
    "dependentRequired": {"where": ["from"]},
}

log = logging.getLogger(__name__)

_BATCH = 1_000
_PREPARER = postgresql.dialect().identifier_preparer
_LOGIN = re.compile(r"FATAL:\s+(?P<reason>[^\n]+)")
_UNDEFINED_COLUMN = "42703"
_CANCELLED = "57014"


class DatabaseError(HarvestError):
    """The database does not do what is asked of it."""

    @staticmethod
    def texts(_: Translate) -> Texts:
        return {
            "source-query-failed": (
                _("The database refuses the query of {place}: {reason}."),
                _("Correct the source's from, where or query."),
            ),
        }


def _words(_: Translate) -> tuple[str, str]:
    return (
        _("Database of a business system"),
        _("Tables and queries of a PostgreSQL database"),
    )


class DatabaseHarvester(GpoHarvester, p.SingletonPlugin):
    """One read-only transaction a table, through a server-side cursor."""

    p.implements(IHarvester)

    kind = Kind(
        name="database",
        words=_words,
        address="postgresql://reader@database.example/business",
        table=_TABLE,
        error=DatabaseError,
    )

    def extract(self, source: Source, table: SourceTable) -> Extract:
        place = f"{source.connection} · {table.options.get('from', 'query')}"
        columns = tuple(dict.fromkeys(table.columns.values()))
        return Extract(columns, _rows(source, table, columns, place), place)


def _rows(
    source: Source, table: SourceTable, columns: Sequence[str], place: str
) -> Generator[Row, None, None]:
    engine = _engine(source.connection)
    try:
        connection = engine.connect()
    except DBAPIError as err:
        raise _unreachable(source.connection, err) from err
    try:
        with connection:
            if "from" in table.options:
                _check(_columns(connection, table.options["from"]), columns, place)
            result = connection.execution_options(
                stream_results=True, yield_per=_BATCH, no_parameters=True
            ).exec_driver_sql(statement(table, columns))
            labels = list(result.keys())
            _check(labels, columns, place)
            positions = [labels.index(name) for name in columns]
            for row in result:
                yield 0, [row[position] for position in positions]
    except DBAPIError as err:
        raise _refused(source.connection, place, err) from err
    finally:
        engine.dispose()


def statement(table: SourceTable, columns: Sequence[str]) -> str:
    """The SELECT of a source's table.

    Rows of `from` are ordered by our primary key: the same rows give the same file, and
    the gate sees that nothing has changed.
    """
    if "query" in table.options:
        return table.options["query"]
    key = tables.table(table.ref).primary_key
    order = [table.columns[field] for field in key if field in table.columns]
    parts = [f"SELECT {_names(columns)}", f"FROM {_relation(table.options['from'])}"]
    if "where" in table.options:
        parts.append(f"WHERE ({table.options['where']}\n)")
    if order:
        parts.append(f"ORDER BY {_names(order)}")
    return " ".join(parts)


def _names(columns: Sequence[str]) -> str:
    return ", ".join(_PREPARER.quote_identifier(name) for name in columns)


def _relation(name: str) -> str:
    return ".".join(_PREPARER.quote_identifier(part) for part in name.split("."))


def _columns(connection: sa.Connection, relation: str) -> list[str]:
    query = f"SELECT * FROM {_relation(relation)} LIMIT 0"  # noqa: S608 - quoted
    return list(connection.exec_driver_sql(query).keys())


def _check(labels: Sequence[str], required: Sequence[str], place: str) -> None:
    missing = [name for name in required if name not in labels]
    if missing:
        raise HarvestError(
            "source-column-missing",
            place=place,
            columns="、".join(missing),
            found="、".join(labels),
        )


def _engine(connection: str) -> sa.Engine:
    try:
        url = sa.make_url(config.connection(connection))
    except ArgumentError:
        # The error quotes the whole address, password and all.
        url = None
    if url is None or url.get_backend_name() != "postgresql":
        raise HarvestError(
            "source-connection-missing",
            connection=connection,
            option=config.connection_option(connection),
            reason="no-postgresql",
        )
    return sa.create_engine(
        url.set(drivername="postgresql+psycopg2"),
        poolclass=NullPool,
        connect_args={
            "connect_timeout": config.timeout(),
            "application_name": "gpo_harvest",
            "keepalives_idle": config.timeout(),
            "options": "-c default_transaction_read_only=on -c lock_timeout=5s"
            f" -c statement_timeout={config.table_timeout()}s",
        },
    )


def _unreachable(connection: str, err: DBAPIError) -> HarvestError:
    refused = _LOGIN.search(str(err.orig))
    if refused:
        return HarvestError(
            "source-token-wrong",
            connection=connection,
            option=config.connection_option(connection),
            reason=refused["reason"],
        )
    return HarvestError(
        "source-unreachable", connection=connection, reason="no-database"
    )


def _refused(connection: str, place: str, err: DBAPIError) -> HarvestError:
    diagnosis = getattr(err.orig, "diag", None)
    message = getattr(diagnosis, "message_primary", None)
    if message is None:
        return HarvestError(
            "source-unreachable",
            connection=connection,
            reason="broke-off",
        )
    if getattr(err.orig, "pgcode", None) == _CANCELLED:
        return HarvestError(
            "source-too-slow", place=place, seconds=config.table_timeout()
        )
    return DatabaseError("source-query-failed", place=place, reason=message)
