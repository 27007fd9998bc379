"""What Alembic does for each plugin: its own tables, and a version of its own."""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa
from alembic import context

from ckan.model.meta import metadata


def run(plugin: str) -> None:
    """Carry out the migrations of a plugin, whose tables begin with its name."""

    def own_tables(_object: Any, name: str, kind: str, *_: Any) -> bool:
        return kind != "table" or name.startswith(plugin)

    engine = sa.engine_from_config(
        context.config.get_section(context.config.config_ini_section) or {},
        prefix="sqlalchemy.",
        poolclass=sa.NullPool,
    )
    with engine.connect() as connection:
        context.configure(
            connection=connection,
            target_metadata=metadata,
            version_table=f"{plugin}_alembic_version",
            include_object=own_tables,
        )
        with context.begin_transaction():
            context.run_migrations()
