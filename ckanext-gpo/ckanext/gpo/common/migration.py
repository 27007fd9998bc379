"""What Alembic does for each plugin: its own tables, and a version of its own."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any, Final

import sqlalchemy as sa
from alembic import context, op
from alembic.operations import Operations
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory

from ckan.model.meta import metadata

BASIS: Final = "gpo_common"
"""The plugin on whose ledger and rules the tables of all others stand."""


def run(plugin: str) -> None:
    """Carry out the migrations of a plugin, whose tables begin with its name."""

    def own_tables(_object: Any, name: str | None, kind: str, *_: Any) -> bool:
        return kind != "table" or (name or "").startswith(plugin)

    engine = sa.engine_from_config(
        context.config.get_section(context.config.config_ini_section) or {},
        prefix="sqlalchemy.",
        poolclass=sa.NullPool,
    )
    with engine.connect() as connection:
        if plugin != BASIS:
            _upgrade_basis(connection)
        context.configure(
            connection=connection,
            target_metadata=metadata,
            version_table=f"{plugin}_alembic_version",
            include_object=own_tables,
        )
        with context.begin_transaction():
            context.run_migrations()


def _upgrade_basis(connection: sa.Connection) -> None:
    """Carry out the migrations of `BASIS` first: CKAN goes through plugins by alphabet."""
    script = ScriptDirectory(str(Path(__file__).parents[1] / "migration" / BASIS))
    basis = MigrationContext.configure(
        connection,
        opts={
            "version_table": f"{BASIS}_alembic_version",
            "fn": lambda revision, _: script._upgrade_revs("head", revision),
        },
    )
    with connection.begin(), Operations.context(basis):
        basis.run_migrations()


def install_workflow(name: str, table: str, rules: dict[str, dict[str, Any]]) -> None:
    """Let the database refuse what a workflow does not declare; replaces earlier rules.

    Rows of the table may change their column `state`, and events of this kind may enter
    the ledger, only as the rules say.

    :param rules: those of `common.workflow.Workflow.rules` as of the revision
    """
    argument = json.dumps(rules, sort_keys=True).replace("'", "''")
    op.execute(
        f"CREATE OR REPLACE TRIGGER {table}_state BEFORE INSERT OR UPDATE ON {table} "
        f"FOR EACH ROW EXECUTE FUNCTION gpo_common_state_rules('{argument}')"
    )
    op.execute(
        f"CREATE OR REPLACE TRIGGER {table}_event BEFORE INSERT ON gpo_common_event "
        f"FOR EACH ROW WHEN (NEW.kind = '{name}') "
        f"EXECUTE FUNCTION gpo_common_event_rules('{argument}')"
    )
