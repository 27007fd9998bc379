"""News, and how far the ledger has been read: what happened before is no news.

Revision ID: b7d41f0e96c3
Revises: 5c90b1d7e2a4
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.postgresql import JSONB

revision = "b7d41f0e96c3"
down_revision = "5c90b1d7e2a4"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "gpo_common_news",
        sa.Column("id", sa.BigInteger, sa.Identity(), primary_key=True),
        sa.Column("reference", sa.TEXT, nullable=False, unique=True),
        sa.Column("kind", sa.TEXT, nullable=False),
        sa.Column("facts", JSONB, nullable=False),
        sa.Column("created", sa.DateTime(timezone=True), nullable=False),
    )
    op.create_table(
        "gpo_common_news_subject",
        sa.Column("news_id", sa.BigInteger, primary_key=True),
        sa.Column("place", sa.Integer, primary_key=True),
        sa.Column("kind", sa.TEXT, nullable=False),
        sa.Column("key", sa.TEXT, nullable=False),
    )
    op.create_index(
        "gpo_common_news_subject_feed",
        "gpo_common_news_subject",
        ["kind", "key", "news_id"],
    )
    op.create_table(
        "gpo_common_news_position",
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column("segment", sa.Date, nullable=False),
        sa.Column("position", sa.Integer, nullable=False),
        sa.Column("failures", sa.Integer, nullable=False),
    )
    op.execute(
        "INSERT INTO gpo_common_news_position (id, segment, position, failures) "
        "SELECT 1, segment, position, 0 FROM gpo_common_event_link "
        "ORDER BY segment DESC, position DESC LIMIT 1"
    )


def downgrade() -> None:
    for table in ("news_position", "news_subject", "news"):
        op.drop_table(f"gpo_common_{table}")
