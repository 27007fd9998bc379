"""Follows, and the addresses that have no account.

Revision ID: 4f0c9a7d21be
Revises:
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "4f0c9a7d21be"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    moment = sa.DateTime(timezone=True)
    op.create_table(
        "gpo_follow_address",
        sa.Column("id", sa.TEXT, primary_key=True),
        sa.Column("fingerprint", sa.TEXT, nullable=False, unique=True),
        sa.Column("secret", sa.TEXT, nullable=False),
        sa.Column("language", sa.TEXT, nullable=False),
        sa.Column("created", moment, nullable=False),
    )
    op.create_table(
        "gpo_follow_follow",
        sa.Column("id", sa.TEXT, primary_key=True),
        sa.Column("recipient", sa.TEXT, nullable=False),
        sa.Column("has_account", sa.Boolean, nullable=False),
        sa.Column("kind", sa.TEXT, nullable=False),
        sa.Column("key", sa.TEXT, nullable=False),
        sa.Column("pace", sa.TEXT, nullable=False),
        sa.Column("created", moment, nullable=False),
        sa.Column("confirmed", moment),
        sa.UniqueConstraint("recipient", "kind", "key", name="gpo_follow_once"),
    )
    op.create_index("gpo_follow_subject", "gpo_follow_follow", ["kind", "key"])


def downgrade() -> None:
    for table in ("follow", "address"):
        op.drop_table(f"gpo_follow_{table}")
