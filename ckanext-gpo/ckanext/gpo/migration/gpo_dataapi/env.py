"""Alembic's entrance for this plugin's tables: those whose names begin with its name."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import sqlalchemy as sa
from alembic import context

from ckan.model.meta import metadata

PLUGIN = Path(__file__).parent.name


def own_tables(_object: Any, name: str, kind: str, *_: Any) -> bool:
    return kind != "table" or name.startswith(PLUGIN)


engine = sa.engine_from_config(
    context.config.get_section(context.config.config_ini_section) or {},
    prefix="sqlalchemy.",
    poolclass=sa.NullPool,
)
with engine.connect() as connection:
    context.configure(
        connection=connection,
        target_metadata=metadata,
        version_table=f"{PLUGIN}_alembic_version",
        include_object=own_tables,
    )
    with context.begin_transaction():
        context.run_migrations()
