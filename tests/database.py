"""The site's database, emptied between tests.

Its tables are made once, when `bin/test` starts the servers, those of all plugins; here
only rows go. Most tests fill a handful of tables, so only what has rows is truncated,
which is also allowed where rows may not be deleted one by one.
"""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import sqlalchemy as sa
from sqlalchemy.orm import close_all_sessions

from ckan import model

EMPTY = """
DO $$
DECLARE
    candidate regclass;
    has_rows boolean;
    filled text[];
BEGIN
    FOR candidate IN
        SELECT oid FROM pg_class
        WHERE relnamespace = 'public'::regnamespace AND relkind = 'r'
        AND relname NOT LIKE '%alembic_version'
    LOOP
        EXECUTE format('SELECT EXISTS (SELECT FROM %s)', candidate) INTO has_rows;
        IF has_rows THEN
            filled := filled || candidate::text;
        END IF;
    END LOOP;
    IF filled IS NOT NULL THEN
        EXECUTE format(
            'TRUNCATE %s RESTART IDENTITY CASCADE', array_to_string(filled, ', ')
        );
    END IF;
END $$
"""
"""Leaves no row in any table but those that count migrations."""


_tables: set[str] = set()
"""Those that were ever seen here."""


def ensure() -> None:
    """Make the tables again after `ckan db clean`, which tests of CKAN's own run."""
    there = set(sa.inspect(model.meta.engine).get_table_names())
    _tables.update(there)
    if _tables > there:
        ckan = Path(sys.executable).with_name("ckan")
        subprocess.run([ckan, "db", "upgrade"], check=True, capture_output=True)
        _tables.clear()


def empty() -> None:
    """Leave no row in any table but those that count migrations."""
    close_all_sessions()  # whose locks would be waited for
    ensure()
    with model.meta.engine.begin() as connection:
        connection.execute(sa.text(EMPTY))
    # CKAN makes its tables when it has not done so itself.
    model.repo.tables_created_and_initialised = True
