"""The table of queries that found nothing is called after them.

Revision ID: 2d60b7e9a415
Revises: 8e2f61c04b97
"""

from __future__ import annotations

from alembic import op

revision = "2d60b7e9a415"
down_revision = "8e2f61c04b97"
branch_labels = None
depends_on = None

OLD, NEW = "gpo_search_missed", "gpo_search_zero_result_query"


def upgrade() -> None:
    rename(OLD, NEW)


def downgrade() -> None:
    rename(NEW, OLD)


def rename(old: str, new: str) -> None:
    op.rename_table(old, new)
    op.execute(f"ALTER INDEX {old}_pkey RENAME TO {new}_pkey")
