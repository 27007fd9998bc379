"""Versions and events: the gate remembers everything that came in and every step of it.

Revision ID: 5b1f0c7d2a31
Revises:
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.postgresql import JSONB

revision = "5b1f0c7d2a31"
down_revision = None
branch_labels = None
depends_on = None

STATES = "'received', 'checking', 'rejected', 'passed', 'published', 'superseded'"


def upgrade() -> None:
    moment = sa.DateTime(timezone=True)
    op.create_table(
        "gpo_quality_version",
        sa.Column("id", sa.TEXT, primary_key=True),
        sa.Column("package_id", sa.TEXT, nullable=False),
        sa.Column("table_ref", sa.TEXT, nullable=False),
        sa.Column("number", sa.Integer, nullable=False),
        sa.Column("state", sa.TEXT, nullable=False),
        sa.Column("content_hash", sa.TEXT, nullable=False),
        sa.Column("schema_hash", sa.TEXT, nullable=False),
        sa.Column("source", sa.TEXT, nullable=False),
        sa.Column("origin", JSONB, nullable=False),
        sa.Column("actor", sa.TEXT, nullable=False),
        sa.Column("created", moment, nullable=False),
        sa.Column("checked", moment),
        sa.Column("published", moment),
        sa.Column("row_count", sa.Integer),
        sa.Column("rule_count", sa.Integer),
        sa.Column("error_count", sa.Integer),
        sa.Column("report", JSONB),
        sa.Column("files", JSONB),
        sa.Column("waiting_for", JSONB, nullable=False),
        sa.CheckConstraint(f"state IN ({STATES})", name="gpo_quality_version_state"),
        sa.UniqueConstraint("package_id", "number", name="gpo_quality_version_number"),
    )
    op.create_index(
        "ix_gpo_quality_version_package_id", "gpo_quality_version", ["package_id"]
    )
    op.create_index(
        "ix_gpo_quality_version_table_ref", "gpo_quality_version", ["table_ref"]
    )
    # At most one version of a dataset is the public one, whatever the code does.
    op.create_index(
        "gpo_quality_version_one_published",
        "gpo_quality_version",
        ["package_id"],
        unique=True,
        postgresql_where=sa.text("state = 'published'"),
    )
    op.create_table(
        "gpo_quality_event",
        sa.Column("id", sa.TEXT, primary_key=True),
        sa.Column("version_id", sa.TEXT, nullable=False),
        sa.Column("package_id", sa.TEXT, nullable=False),
        sa.Column("from_state", sa.TEXT),
        sa.Column("to_state", sa.TEXT, nullable=False),
        sa.Column("actor", sa.TEXT, nullable=False),
        sa.Column("reason", sa.TEXT, nullable=False),
        sa.Column("created", moment, nullable=False),
    )
    op.create_index(
        "ix_gpo_quality_event_version_id", "gpo_quality_event", ["version_id"]
    )
    op.create_index(
        "ix_gpo_quality_event_package_id", "gpo_quality_event", ["package_id"]
    )


def downgrade() -> None:
    op.drop_table("gpo_quality_event")
    op.drop_table("gpo_quality_version")
