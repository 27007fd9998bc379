"""Withdrawal, changes of a publication, and the rules of the workflow in the database.

A version may only go the ways of `quality/workflow.py`, what it is made of never changes,
and events are never rewritten, whatever program writes to the tables.

Revision ID: c41d7e90b6a8
Revises: 5b1f0c7d2a31
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.postgresql import JSONB

revision = "c41d7e90b6a8"
down_revision = "5b1f0c7d2a31"
branch_labels = None
depends_on = None

OLD_STATES = "'received', 'checking', 'rejected', 'passed', 'published', 'superseded'"
STATES = f"{OLD_STATES}, 'withdrawn'"

# workflow.TRANSITIONS as of this revision: from>to
MOVES = """
    'received>checking',
    'checking>rejected', 'checking>passed', 'checking>received',
    'rejected>passed',
    'passed>published', 'passed>superseded',
    'published>superseded', 'published>withdrawn'
"""

IMMUTABLE = (
    "id, package_id, table_ref, number, content_hash, schema_hash, source, origin, "
    "actor, created"
)


def _row(of: str) -> str:
    return ", ".join(f"{of}.{name.strip()}" for name in IMMUTABLE.split(","))


# The first publications were made before `changes` was kept: which one came before which
# is known still, what they changed is not.
PREVIOUS = """
    UPDATE gpo_quality_version AS version
    SET changes = jsonb_build_object('previous', line.previous, 'totals', NULL)
    FROM (
        SELECT id, lag(number) OVER (PARTITION BY package_id ORDER BY number) AS previous
        FROM gpo_quality_version WHERE published IS NOT NULL
    ) AS line
    WHERE line.id = version.id
"""

VERSION_RULES = f"""
    CREATE OR REPLACE FUNCTION gpo_quality_version_rules() RETURNS trigger AS $$
    BEGIN
        IF TG_OP = 'DELETE' THEN
            RAISE EXCEPTION 'gpo_quality_version: a version is never deleted'
                USING ERRCODE = 'integrity_constraint_violation';
        END IF;
        IF TG_OP = 'INSERT' THEN
            IF NEW.state <> 'received' THEN
                RAISE EXCEPTION 'gpo_quality_version: a version begins as received'
                    USING ERRCODE = 'integrity_constraint_violation';
            END IF;
            RETURN NEW;
        END IF;
        IF ({_row("NEW")}) IS DISTINCT FROM ({_row("OLD")}) THEN
            RAISE EXCEPTION 'gpo_quality_version: what a version is made of never changes'
                USING ERRCODE = 'integrity_constraint_violation';
        END IF;
        IF NEW.state <> OLD.state
            AND (OLD.state || '>' || NEW.state) NOT IN ({MOVES})
        THEN
            RAISE EXCEPTION 'gpo_quality_version: no way from % to %', OLD.state, NEW.state
                USING ERRCODE = 'integrity_constraint_violation';
        END IF;
        RETURN NEW;
    END
    $$ LANGUAGE plpgsql
"""

EVENT_RULES = """
    CREATE OR REPLACE FUNCTION gpo_quality_event_rules() RETURNS trigger AS $$
    BEGIN
        RAISE EXCEPTION 'gpo_quality_event: events are only ever added'
            USING ERRCODE = 'integrity_constraint_violation';
    END
    $$ LANGUAGE plpgsql
"""


def upgrade() -> None:
    op.add_column("gpo_quality_version", sa.Column("changes", JSONB))
    op.drop_constraint("gpo_quality_version_state", "gpo_quality_version")
    op.create_check_constraint(
        "gpo_quality_version_state", "gpo_quality_version", f"state IN ({STATES})"
    )
    op.create_check_constraint(
        "gpo_quality_event_move",
        "gpo_quality_event",
        "CASE WHEN from_state IS NULL THEN to_state = 'received' "
        f"ELSE (from_state || '>' || to_state) IN ({MOVES}) END",
    )
    op.execute(PREVIOUS)
    op.execute(VERSION_RULES)
    op.execute(EVENT_RULES)
    # By row, so that TRUNCATE stays open to who owns the tables: a site is emptied by it.
    op.execute(
        "CREATE TRIGGER gpo_quality_version_rules "
        "BEFORE INSERT OR UPDATE OR DELETE ON gpo_quality_version "
        "FOR EACH ROW EXECUTE FUNCTION gpo_quality_version_rules()"
    )
    op.execute(
        "CREATE TRIGGER gpo_quality_event_rules "
        "BEFORE UPDATE OR DELETE ON gpo_quality_event "
        "FOR EACH ROW EXECUTE FUNCTION gpo_quality_event_rules()"
    )


def downgrade() -> None:
    for table in ("gpo_quality_event", "gpo_quality_version"):
        op.execute(f"DROP TRIGGER {table}_rules ON {table}")
        op.execute(f"DROP FUNCTION {table}_rules()")
    op.drop_constraint("gpo_quality_event_move", "gpo_quality_event")
    op.drop_constraint("gpo_quality_version_state", "gpo_quality_version")
    op.create_check_constraint(
        "gpo_quality_version_state", "gpo_quality_version", f"state IN ({OLD_STATES})"
    )
    op.drop_column("gpo_quality_version", "changes")
