"""Webhooks, their messages, and every attempt to deliver one.

Revision ID: c3e81d5f7a26
Revises: 9b4f6e20d7a8
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.postgresql import ARRAY

revision = "c3e81d5f7a26"
down_revision = "9b4f6e20d7a8"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "gpo_dataapi_webhook",
        sa.Column("id", sa.TEXT, primary_key=True),
        sa.Column("owner", sa.TEXT, nullable=False),
        sa.Column("address", sa.TEXT, nullable=False),
        sa.Column("secret", sa.TEXT, nullable=False),
        sa.Column("kind", sa.TEXT, nullable=False),
        sa.Column("key", sa.TEXT, nullable=False),
        sa.Column("topics", ARRAY(sa.TEXT), nullable=False),
        sa.Column("off", sa.TEXT, nullable=False),
        sa.Column("failing", sa.DateTime(timezone=True)),
        sa.Column("created", sa.DateTime(timezone=True), nullable=False),
    )
    op.create_index("gpo_dataapi_webhook_owner", "gpo_dataapi_webhook", ["owner"])
    op.create_table(
        "gpo_dataapi_webhook_message",
        sa.Column("id", sa.TEXT, primary_key=True),
        sa.Column("webhook", sa.TEXT, nullable=False),
        sa.Column("reference", sa.TEXT, nullable=False),
        sa.Column("type", sa.TEXT, nullable=False),
        sa.Column("body", sa.TEXT, nullable=False),
        sa.Column("state", sa.TEXT, nullable=False),
        sa.Column("attempts", sa.Integer, nullable=False),
        sa.Column("next_attempt", sa.DateTime(timezone=True)),
        sa.Column("created", sa.DateTime(timezone=True), nullable=False),
    )
    op.create_index(
        "gpo_dataapi_webhook_message_due",
        "gpo_dataapi_webhook_message",
        ["next_attempt"],
        postgresql_where=sa.text("state = 'waiting'"),
    )
    op.create_table(
        "gpo_dataapi_webhook_delivery",
        sa.Column("id", sa.BigInteger, sa.Identity(), primary_key=True),
        sa.Column("webhook", sa.TEXT, nullable=False),
        sa.Column("message", sa.TEXT, nullable=False),
        sa.Column("moment", sa.DateTime(timezone=True), nullable=False),
        sa.Column("attempt", sa.Integer, nullable=False),
        sa.Column("status", sa.Integer),
        sa.Column("failure", sa.TEXT, nullable=False),
        sa.Column("milliseconds", sa.Integer, nullable=False),
        sa.Column("answer", sa.TEXT, nullable=False),
    )
    for table, name, columns in (
        ("message", "webhook", ["webhook"]),
        ("message", "created", ["created"]),
        ("delivery", "list", ["webhook", "id"]),
        ("delivery", "moment", ["moment"]),
    ):
        full_name = f"gpo_dataapi_webhook_{table}"
        op.create_index(f"{full_name}_{name}", full_name, columns)


def downgrade() -> None:
    op.drop_table("gpo_dataapi_webhook_delivery")
    op.drop_table("gpo_dataapi_webhook_message")
    op.drop_table("gpo_dataapi_webhook")
