"""What was asked for and not found, by day.

Revision ID: 8e2f61c04b97
Revises:
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "8e2f61c04b97"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "gpo_search_missed",
        sa.Column("day", sa.Date, primary_key=True),
        sa.Column("query", sa.TEXT, primary_key=True),
        sa.Column("times", sa.Integer, nullable=False),
    )


def downgrade() -> None:
    op.drop_table("gpo_search_missed")
