"""Profiles of the fields of published tables.

Revision ID: 5c1d83f0a6b2
Revises: 7e2a94c1b05d
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.postgresql import JSONB

revision = "5c1d83f0a6b2"
down_revision = "7e2a94c1b05d"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "gpo_dataapi_profile",
        sa.Column("dataset", sa.TEXT, primary_key=True),
        sa.Column("version", sa.TEXT, nullable=False),
        sa.Column("fields", JSONB, nullable=False),
    )


def downgrade() -> None:
    op.drop_table("gpo_dataapi_profile")
