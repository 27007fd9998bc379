"""How often each dataset's files are downloaded.

Revision ID: 7e2a94c1b05d
Revises:
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "7e2a94c1b05d"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "gpo_dataapi_download",
        sa.Column("dataset", sa.TEXT, primary_key=True),
        sa.Column("day", sa.Date, primary_key=True),
        sa.Column("count", sa.Integer, nullable=False),
    )


def downgrade() -> None:
    op.drop_table("gpo_dataapi_download")
