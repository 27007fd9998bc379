"""The registry of apps: registrations, what they use, ratings, reports of abuse.

Revision ID: 3d9c5a17e08b
Revises:
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.postgresql import JSONB

from ckanext.gpo.common.migration import install_workflow

revision = "3d9c5a17e08b"
down_revision = None
branch_labels = None
depends_on = None

_PLATFORM = ["system"]
_EVERYBODY = ["account", "admin", "editor", "member", "sysadmin", "system"]
_REVIEWERS = ["admin", "editor", "sysadmin", "system"]

# apps.workflow.REGISTRATION.rules() and REPORT.rules() as of this revision
REGISTRATION = {
    ">draft": (_EVERYBODY, False),
    "draft>submitted": (_EVERYBODY, False),
    "draft>discarded": (_EVERYBODY, False),
    "submitted>draft": (_EVERYBODY, False),
    "submitted>in-review": (_REVIEWERS, False),
    "in-review>approved": (_REVIEWERS, False),
    "in-review>returned": (_REVIEWERS, True),
    "in-review>rejected": (_REVIEWERS, True),
    "returned>submitted": (_EVERYBODY, False),
    "returned>discarded": (_EVERYBODY, False),
    "rejected>draft": (_EVERYBODY, False),
    "rejected>discarded": (_EVERYBODY, False),
    "approved>published": (_PLATFORM, False),
    "published>draft": (_EVERYBODY, False),
    "published>unpublished": (_EVERYBODY, True),
    "draft>unpublished": (_EVERYBODY, True),
    "submitted>unpublished": (_EVERYBODY, True),
    "in-review>unpublished": (_EVERYBODY, True),
    "returned>unpublished": (_EVERYBODY, True),
    "rejected>unpublished": (_EVERYBODY, True),
    "unpublished>draft": (_EVERYBODY, False),
}
REPORT = {
    ">open": (_EVERYBODY, False),
    "open>upheld": (_REVIEWERS, True),
    "open>dismissed": (_REVIEWERS, True),
}


def upgrade() -> None:
    moment = sa.DateTime(timezone=True)
    op.create_table(
        "gpo_apps_app",
        sa.Column("id", sa.TEXT, primary_key=True),
        sa.Column("name", sa.TEXT, nullable=False, unique=True),
        sa.Column("owner", sa.TEXT, nullable=False),
        sa.Column("reviewer", sa.TEXT),
        sa.Column("state", sa.TEXT, nullable=False),
        sa.Column("content", JSONB, nullable=False),
        sa.Column("public_content", JSONB),
        sa.Column("created", moment, nullable=False),
        sa.Column("modified", moment, nullable=False),
        sa.Column("submitted", moment),
        sa.Column("published", moment),
        sa.Column("rating_count", sa.Integer, nullable=False),
        sa.Column("rating_sum", sa.Integer, nullable=False),
        sa.Column("link_checked", moment),
        sa.Column("link_failing", moment),
        sa.Column("is_hidden", sa.Boolean, nullable=False),
        # whatever the code does, nobody reviews an app of their own
        sa.CheckConstraint("reviewer <> owner", name="gpo_apps_app_not_by_oneself"),
    )
    op.create_index("ix_gpo_apps_app_owner", "gpo_apps_app", ["owner"])
    op.create_index("gpo_apps_app_queue", "gpo_apps_app", ["state", "submitted"])
    op.create_index(
        "gpo_apps_app_public",
        "gpo_apps_app",
        ["published"],
        postgresql_where=sa.text("public_content IS NOT NULL AND NOT is_hidden"),
    )
    op.create_index(
        "gpo_apps_app_links",
        "gpo_apps_app",
        ["link_checked"],
        postgresql_where=sa.text("public_content IS NOT NULL"),
    )
    op.create_table(
        "gpo_apps_use",
        sa.Column("app", sa.TEXT, primary_key=True),
        sa.Column("dataset", sa.TEXT, primary_key=True),
        sa.Column("version", sa.Integer),
        sa.Column("purpose", sa.TEXT, nullable=False),
    )
    op.create_index("ix_gpo_apps_use_dataset", "gpo_apps_use", ["dataset"])
    op.create_table(
        "gpo_apps_rating",
        sa.Column("app", sa.TEXT, primary_key=True),
        sa.Column("account", sa.TEXT, primary_key=True),
        sa.Column("value", sa.Integer, nullable=False),
        sa.Column("changed", moment, nullable=False),
        sa.CheckConstraint("value BETWEEN 1 AND 5", name="gpo_apps_rating_value"),
    )
    op.create_table(
        "gpo_apps_report",
        sa.Column("id", sa.TEXT, primary_key=True),
        sa.Column("app", sa.TEXT, nullable=False),
        sa.Column("account", sa.TEXT, nullable=False),
        sa.Column("topic", sa.TEXT, nullable=False),
        sa.Column("words", sa.TEXT, nullable=False),
        sa.Column("state", sa.TEXT, nullable=False),
        sa.Column("created", moment, nullable=False),
        sa.Column("answer", sa.TEXT, nullable=False),
    )
    op.create_index("ix_gpo_apps_report_app", "gpo_apps_report", ["app"])
    op.create_index("gpo_apps_report_queue", "gpo_apps_report", ["state", "created"])
    for name, table, steps in (
        ("app-registration", "gpo_apps_app", REGISTRATION),
        ("app-report", "gpo_apps_report", REPORT),
    ):
        rules = {
            step: {"posts": posts, "needs_reason": needs_reason}
            for step, (posts, needs_reason) in steps.items()
        }
        install_workflow(name, table, rules)


def downgrade() -> None:
    op.execute("DROP TRIGGER gpo_apps_app_event ON gpo_common_event")
    op.execute("DROP TRIGGER gpo_apps_report_event ON gpo_common_event")
    for table in ("report", "rating", "use", "app"):
        op.drop_table(f"gpo_apps_{table}")
