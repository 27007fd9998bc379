"""Events and overrides go into the ledger that all rooms share.

Revision ID: 1f7c39ae5d04
Revises: c41d7e90b6a8
"""

from __future__ import annotations

from alembic import op

from ckanext.gpo.common.migration import install_workflow

revision = "1f7c39ae5d04"
down_revision = "c41d7e90b6a8"
branch_labels = None
depends_on = None

WORKFLOW = "dataset-version"
TABLE = "gpo_quality_version"

GATE = ["system"]
SYSADMINS = ["sysadmin", "system"]
STEWARDS = ["admin", "editor", "sysadmin", "system"]

# quality.workflow.VERSION.rules() as of this revision
RULES = {
    step: {"posts": posts, "needs_reason": needs_reason}
    for step, posts, needs_reason in (
        (">received", STEWARDS, False),
        ("received>checking", SYSADMINS, False),
        ("checking>received", GATE, False),
        ("checking>rejected", SYSADMINS, False),
        ("checking>passed", GATE, False),
        ("rejected>passed", SYSADMINS, True),
        ("passed>published", GATE, False),
        ("passed>superseded", SYSADMINS, False),
        ("published>superseded", SYSADMINS, False),
        ("published>withdrawn", STEWARDS, True),
    )
}

IMMUTABLE = (
    "id, package_id, table_ref, number, content_hash, schema_hash, source, origin, "
    "actor, created"
)

# In which post a person acted was not kept; publishing was the site's own account's.
INTO_LEDGER = """
    INSERT INTO gpo_common_event (
        room, kind, subject, parent, what, from_state, account, post, reason, facts,
        created
    )
    SELECT 'quality', 'dataset-version', event.version_id, event.package_id,
        event.to_state, event.from_state, event.actor,
        CASE
            WHEN event.actor = 'gate' THEN 'system'
            WHEN event.to_state IN ('published', 'superseded') THEN 'system'
            WHEN event.from_state = 'rejected' THEN 'sysadmin'
            ELSE 'account'
        END,
        event.reason,
        jsonb_build_object('number', version.number, 'table', version.table_ref),
        event.created
    FROM gpo_quality_event AS event
    JOIN gpo_quality_version AS version ON version.id = event.version_id
    ORDER BY event.created, event.id
"""

def _row(record: str) -> str:
    return ", ".join(f"{record}.{name.strip()}" for name in IMMUTABLE.split(","))


# The states are held by the workflow's own trigger from here on.
VERSION_RULES = f"""
    CREATE OR REPLACE FUNCTION gpo_quality_version_rules() RETURNS trigger AS $$
    BEGIN
        IF TG_OP = 'DELETE' THEN
            RAISE EXCEPTION 'gpo_quality_version: a version is never deleted'
                USING ERRCODE = 'integrity_constraint_violation';
        END IF;
        IF TG_OP = 'UPDATE' AND ({_row("NEW")}) IS DISTINCT FROM ({_row("OLD")}) THEN
            RAISE EXCEPTION 'gpo_quality_version: what a version is made of never changes'
                USING ERRCODE = 'integrity_constraint_violation';
        END IF;
        RETURN NEW;
    END
    $$ LANGUAGE plpgsql
"""


def upgrade() -> None:
    op.execute(INTO_LEDGER)
    op.drop_table("gpo_quality_event")
    op.execute("DROP FUNCTION gpo_quality_event_rules()")
    op.execute(VERSION_RULES)
    # Links are made now: a table with work put off takes no trigger.
    op.execute("SET CONSTRAINTS ALL IMMEDIATE")
    install_workflow(WORKFLOW, TABLE, RULES)


def downgrade() -> None:
    raise NotImplementedError("The ledger gives nothing back: restore a backup")
