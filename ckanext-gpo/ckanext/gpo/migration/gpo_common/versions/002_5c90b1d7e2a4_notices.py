"""Notices to accounts: the outbox of mails, the inbox of the site, and preferences.

Revision ID: 5c90b1d7e2a4
Revises: 8e2a6d13f0b7
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.postgresql import JSONB

from ckanext.gpo.common.migration import install_workflow

revision = "5c90b1d7e2a4"
down_revision = "8e2a6d13f0b7"
branch_labels = None
depends_on = None

WORKFLOW = "notice"
TABLE = "gpo_common_notice"

# common.notices.workflow.NOTICE.rules() as of this revision
RULES = {
    step: {"posts": [post], "needs_reason": False}
    for step, post in (
        (">created", "system"),
        (">sent", "system"),
        ("created>sending", "system"),
        ("sending>created", "system"),
        ("sending>sent", "system"),
        ("sending>failed", "system"),
        ("failed>created", "sysadmin"),
    )
}


def upgrade() -> None:
    moment = sa.DateTime(timezone=True)
    op.create_table(
        TABLE,
        sa.Column("id", sa.TEXT, primary_key=True),
        sa.Column("reference", sa.TEXT, nullable=False),
        sa.Column("kind", sa.TEXT, nullable=False),
        sa.Column("subject", sa.TEXT, nullable=False),
        sa.Column("recipient", sa.TEXT, nullable=False),
        sa.Column("channel", sa.TEXT, nullable=False),
        sa.Column("language", sa.TEXT, nullable=False),
        sa.Column("facts", JSONB, nullable=False),
        sa.Column("urgent", sa.Boolean, nullable=False),
        sa.Column("state", sa.TEXT, nullable=False),
        sa.Column("attempts", sa.Integer, nullable=False),
        sa.Column("next_attempt", moment),
        sa.Column("failure", sa.TEXT, nullable=False),
        sa.Column("created", moment, nullable=False),
        sa.Column("sent_at", moment),
        sa.Column("read_at", moment),
        sa.UniqueConstraint(
            "reference", "recipient", "channel", name="gpo_common_notice_once"
        ),
    )
    op.create_index(
        "gpo_common_notice_outbox",
        TABLE,
        ["next_attempt"],
        postgresql_where=sa.text("state IN ('created', 'sending')"),
    )
    op.create_index(
        "gpo_common_notice_inbox", TABLE, ["recipient", "channel", "created"]
    )
    op.create_table(
        "gpo_common_notice_preference",
        sa.Column("account", sa.TEXT, primary_key=True),
        sa.Column("language", sa.TEXT, nullable=False),
        sa.Column("pace", sa.TEXT, nullable=False),
    )
    install_workflow(WORKFLOW, TABLE, RULES)


def downgrade() -> None:
    op.execute(f"DROP TRIGGER IF EXISTS {TABLE}_event ON gpo_common_event")
    op.drop_table("gpo_common_notice_preference")
    op.drop_table(TABLE)
