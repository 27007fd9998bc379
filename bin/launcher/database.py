"""Roles and databases: who owns what, and who may only read.

| database      | owner           | may read                                        |
|---------------|-----------------|-------------------------------------------------|
| gpo_ckan      | gpo_ckan        |                                                 |
| gpo_datastore | gpo_datastore   | gpo_datastore_reader: what the API answers from |
| gpo_business  | gpo_business    | gpo_business_reader: the harvesters             |

Nobody else can connect: what PostgreSQL gives to everyone is taken away.
"""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import closing

from psycopg2 import sql

from launcher.commands import Runner
from launcher.place import VENV
from launcher.postgres import Cluster
from launcher.secrets_file import Secrets

CKAN = "gpo_ckan"
DATASTORE = "gpo_datastore"
DATASTORE_READER = "gpo_datastore_reader"
BUSINESS = "gpo_business"
BUSINESS_READER = "gpo_business_reader"

_OWNED = (CKAN, DATASTORE, BUSINESS)
# Readers are held to reading twice: by what they were granted, and by this.
_READ_ONLY = (DATASTORE_READER, BUSINESS_READER)


def ensure(cluster: Cluster, logins: Mapping[str, str]) -> None:
    """Make the roles and databases that are missing; set passwords and rights anew."""
    with closing(cluster.connect()) as connection, connection.cursor() as cursor:

        def do(statement: str, **names: str) -> None:
            parts = {name: sql.Identifier(value) for name, value in names.items()}
            cursor.execute(sql.SQL(statement).format(**parts))

        cursor.execute("SELECT rolname FROM pg_roles")
        roles = {row[0] for row in cursor.fetchall()}
        for role, password in logins.items():
            if role not in roles:
                do("CREATE ROLE {role} LOGIN", role=role)
            named = sql.Identifier(role)
            cursor.execute(
                sql.SQL("ALTER ROLE {} PASSWORD %s").format(named), (password,)
            )
        for role in _READ_ONLY:
            do("ALTER ROLE {role} SET default_transaction_read_only = on", role=role)

        cursor.execute("SELECT datname FROM pg_database")
        databases = {row[0] for row in cursor.fetchall()}
        for name in _OWNED:
            if name not in databases:
                do("CREATE DATABASE {name} OWNER {name} TEMPLATE template0", name=name)
            do("REVOKE ALL ON DATABASE {name} FROM PUBLIC", name=name)

    _let_harvesters_read(cluster)


def _let_harvesters_read(cluster: Cluster) -> None:
    """Let the reader see whatever schemas and tables the business system will make."""
    with (
        closing(cluster.connect(BUSINESS)) as connection,
        connection.cursor() as cursor,
    ):
        owner, reader = sql.Identifier(BUSINESS), sql.Identifier(BUSINESS_READER)
        cursor.execute(
            sql.SQL("GRANT CONNECT ON DATABASE {} TO {}").format(owner, reader)
        )
        for what in ("USAGE ON SCHEMAS", "SELECT ON TABLES"):
            cursor.execute(
                sql.SQL(
                    "ALTER DEFAULT PRIVILEGES FOR ROLE {} GRANT " + what + " TO {}"
                ).format(owner, reader)
            )


def passwords(secrets: Secrets) -> dict[str, str]:
    """Return the password of every role."""
    return {
        CKAN: secrets.database_ckan,
        DATASTORE: secrets.database_datastore,
        DATASTORE_READER: secrets.database_datastore_reader,
        BUSINESS: secrets.database_business,
        BUSINESS_READER: secrets.database_business_reader,
    }


def set_datastore_permissions(cluster: Cluster, run: Runner) -> None:
    """Let the DataStore's reader read and nothing else: CKAN's script, as superuser.

    CKAN prints it with these names in it; to start CKAN for that takes seconds.

    Raises:
        StepError: psql refused the script.
    """
    (script,) = VENV.glob(
        "lib/python*/site-packages/ckanext/datastore/set_permissions.sql"
    )
    names = {
        "maindb": CKAN,
        "datastoredb": DATASTORE,
        "mainuser": CKAN,
        "writeuser": DATASTORE,
        "readuser": DATASTORE_READER,
    }
    run(
        ["psql", "--no-psqlrc", "--quiet", "--set=ON_ERROR_STOP=1", "postgres"],
        log="permissions",
        hint="查看日志后重试 · see the log, then try again",
        stdin=script.read_text().format_map(names),
        env=cluster.client_env,
    )
