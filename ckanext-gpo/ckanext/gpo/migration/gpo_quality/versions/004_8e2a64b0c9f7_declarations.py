"""What is declared about the file of a version is kept with it, and never changes.

Revision ID: 8e2a64b0c9f7
Revises: 1f7c39ae5d04
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.postgresql import JSONB

revision = "8e2a64b0c9f7"
down_revision = "1f7c39ae5d04"
branch_labels = None
depends_on = None

BEFORE = (
    "id, package_id, table_ref, number, content_hash, schema_hash, source, origin, "
    "actor, created"
)
IMMUTABLE = f"{BEFORE}, declaration"


def _row(record: str, names: str) -> str:
    return ", ".join(f"{record}.{name.strip()}" for name in names.split(","))


def _version_rules(names: str) -> str:
    return f"""
    CREATE OR REPLACE FUNCTION gpo_quality_version_rules() RETURNS trigger AS $$
    BEGIN
        IF TG_OP = 'DELETE' THEN
            RAISE EXCEPTION 'gpo_quality_version: a version is never deleted'
                USING ERRCODE = 'integrity_constraint_violation';
        END IF;
        IF TG_OP = 'UPDATE'
            AND ({_row("NEW", names)}) IS DISTINCT FROM ({_row("OLD", names)})
        THEN
            RAISE EXCEPTION 'gpo_quality_version: what a version is made of never changes'
                USING ERRCODE = 'integrity_constraint_violation';
        END IF;
        RETURN NEW;
    END
    $$ LANGUAGE plpgsql
"""


def upgrade() -> None:
    op.add_column(
        "gpo_quality_version",
        sa.Column("declaration", JSONB, nullable=False, server_default="{}"),
    )
    op.execute(_version_rules(IMMUTABLE))


def downgrade() -> None:
    op.execute(_version_rules(BEFORE))
    op.drop_column("gpo_quality_version", "declaration")
