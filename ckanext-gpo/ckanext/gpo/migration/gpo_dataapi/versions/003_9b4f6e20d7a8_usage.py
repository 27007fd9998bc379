"""How datasets are used: views, downloads by format, calls; and what is done with a key.

Revision ID: 9b4f6e20d7a8
Revises: 5c1d83f0a6b2
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "9b4f6e20d7a8"
down_revision = "5c1d83f0a6b2"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "gpo_dataapi_usage",
        sa.Column("dataset", sa.TEXT, primary_key=True),
        sa.Column("day", sa.Date, primary_key=True),
        sa.Column("kind", sa.TEXT, primary_key=True),
        sa.Column("format", sa.TEXT, primary_key=True),
        sa.Column("count", sa.BigInteger, nullable=False),
    )
    op.create_table(
        "gpo_dataapi_key_usage",
        sa.Column("key", sa.TEXT, primary_key=True),
        sa.Column("dataset", sa.TEXT, primary_key=True),
        sa.Column("day", sa.Date, primary_key=True),
        sa.Column("kind", sa.TEXT, primary_key=True),
        sa.Column("count", sa.BigInteger, nullable=False),
    )
    op.execute(
        "INSERT INTO gpo_dataapi_usage (dataset, day, kind, format, count)"
        " SELECT dataset, day, 'download', '', count FROM gpo_dataapi_download"
    )
    op.drop_table("gpo_dataapi_download")


def downgrade() -> None:
    op.create_table(
        "gpo_dataapi_download",
        sa.Column("dataset", sa.TEXT, primary_key=True),
        sa.Column("day", sa.Date, primary_key=True),
        sa.Column("count", sa.Integer, nullable=False),
    )
    op.execute(
        "INSERT INTO gpo_dataapi_download (dataset, day, count)"
        " SELECT dataset, day, sum(count) FROM gpo_dataapi_usage"
        " WHERE kind = 'download' GROUP BY dataset, day"
    )
    op.drop_table("gpo_dataapi_key_usage")
    op.drop_table("gpo_dataapi_usage")
