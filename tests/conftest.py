"""What all tests share: CKAN's own fixtures, made aware of the plugins' tables.

CKAN's database fixtures know core's tables only, and a plugin's migrations are found
only while the plugin is loaded; so both fixtures here load the configured plugins first.
"""

from __future__ import annotations

from collections.abc import Callable

import pytest
import sqlalchemy as sa

import ckan.plugins as p
from ckan import model

PLUGINS_WITH_TABLES = ("activity", "harvest", "gpo_quality")


@pytest.fixture
def clean_db(
    with_plugins: None,
    reset_db: Callable[[], None],
    clean_index: None,
    migrate_db_for: Callable[[str], None],
) -> None:
    """An empty database and index with every plugin's tables; slow, for counts."""
    reset_db()
    _migrate(migrate_db_for)


@pytest.fixture
def non_clean_db(
    with_plugins: None, reset_db_once: None, migrate_db_for: Callable[[str], None]
) -> None:
    """A database with every plugin's tables and whatever earlier tests left in it."""
    model.repo.init_db()
    _migrate(migrate_db_for)


def _migrate(migrate_db_for: Callable[[str], None]) -> None:
    tables = set(sa.inspect(model.meta.engine).get_table_names())
    for plugin in PLUGINS_WITH_TABLES:
        if p.plugin_loaded(plugin) and f"{plugin}_alembic_version" not in tables:
            migrate_db_for(plugin)
