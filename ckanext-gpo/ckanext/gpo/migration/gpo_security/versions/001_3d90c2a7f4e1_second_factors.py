"""Second factors of accounts.

Revision ID: 3d90c2a7f4e1
Revises:
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "3d90c2a7f4e1"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "gpo_security_factor",
        sa.Column("user_id", sa.TEXT, primary_key=True),
        sa.Column("secret", sa.TEXT, nullable=False),
        sa.Column("created", sa.DateTime(timezone=True), nullable=False),
        sa.Column("last_step", sa.BigInteger, nullable=False),
        sa.Column("recovery", sa.ARRAY(sa.TEXT), nullable=False),
    )


def downgrade() -> None:
    op.drop_table("gpo_security_factor")
