"""The ledger: events, the links that chain them, and what the database holds of workflows.

Revision ID: 8e2a6d13f0b7
Revises:
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.postgresql import JSONB

revision = "8e2a6d13f0b7"
down_revision = None
branch_labels = None
depends_on = None

APPEND_ONLY = ("gpo_common_event", "gpo_common_event_link")

REFUSE_CHANGE = """
    CREATE OR REPLACE FUNCTION gpo_common_refuse_change() RETURNS trigger AS $$
    BEGIN
        RAISE EXCEPTION '%: rows are only ever added', TG_TABLE_NAME
            USING ERRCODE = 'integrity_constraint_violation';
    END
    $$ LANGUAGE plpgsql
"""

# The number is any that nothing else locks. The lock is taken when a transaction commits
# and ends with it; what was linked before is visible by then, so no link has two followers.
LINK = """
    CREATE OR REPLACE FUNCTION gpo_common_link_event() RETURNS trigger AS $$
    DECLARE
        before gpo_common_event_link%ROWTYPE;
        segment date;
        place integer;
        content text;
    BEGIN
        PERFORM pg_advisory_xact_lock(hashtext('gpo_common'), hashtext('ledger'));
        SELECT * INTO before FROM gpo_common_event_link AS link
            ORDER BY link.segment DESC, link.position DESC LIMIT 1;
        -- never before the last segment, should the clock have been set back
        segment := greatest(
            (clock_timestamp() AT TIME ZONE 'Asia/Shanghai')::date, before.segment
        );
        place := CASE WHEN before.segment = segment THEN before.position + 1 ELSE 1 END;
        content := jsonb_build_array(
            NEW.id, NEW.room, NEW.kind, NEW.subject, NEW.parent, NEW.what,
            NEW.from_state, NEW.account, NEW.post, NEW.reason, NEW.facts,
            extract(epoch FROM NEW.created)
        )::text;
        INSERT INTO gpo_common_event_link (segment, position, event_id, hash)
        VALUES (segment, place, NEW.id, encode(sha256(convert_to(
            concat_ws(E'\\n', coalesce(before.hash, ''), to_char(segment, 'YYYY-MM-DD'), place, content), 'UTF8'
        )), 'hex'));
        RETURN NULL;
    END
    $$ LANGUAGE plpgsql
"""

# Both take the rules of one workflow, see `common.workflow.Workflow.rules`, as argument.
STATE_RULES = """
    CREATE OR REPLACE FUNCTION gpo_common_state_rules() RETURNS trigger AS $$
    DECLARE
        from_state text := '';
    BEGIN
        IF TG_OP = 'UPDATE' THEN
            IF NEW.state = OLD.state THEN RETURN NEW; END IF;
            from_state := OLD.state;
        END IF;
        IF NOT (TG_ARGV[0]::jsonb) ? (from_state || '>' || NEW.state) THEN
            RAISE EXCEPTION '%: no way from "%" to "%"',
                TG_TABLE_NAME, from_state, NEW.state
                USING ERRCODE = 'integrity_constraint_violation';
        END IF;
        RETURN NEW;
    END
    $$ LANGUAGE plpgsql
"""

EVENT_RULES = """
    CREATE OR REPLACE FUNCTION gpo_common_event_rules() RETURNS trigger AS $$
    DECLARE
        rule jsonb := (TG_ARGV[0]::jsonb)
            -> (coalesce(NEW.from_state, '') || '>' || NEW.what);
    BEGIN
        IF rule IS NULL THEN
            RAISE EXCEPTION '%: no way from "%" to "%"', NEW.kind, NEW.from_state, NEW.what
                USING ERRCODE = 'integrity_constraint_violation';
        ELSIF NOT (rule -> 'posts') ? NEW.post THEN
            RAISE EXCEPTION '%: "%" is not for %', NEW.kind, NEW.what, NEW.post
                USING ERRCODE = 'integrity_constraint_violation';
        ELSIF (rule ->> 'needs_reason')::boolean AND btrim(NEW.reason) = '' THEN
            RAISE EXCEPTION '%: "%" needs a reason', NEW.kind, NEW.what
                USING ERRCODE = 'integrity_constraint_violation';
        END IF;
        RETURN NEW;
    END
    $$ LANGUAGE plpgsql
"""


def upgrade() -> None:
    op.create_table(
        "gpo_common_event",
        sa.Column("id", sa.BigInteger, sa.Identity(), primary_key=True),
        sa.Column("room", sa.TEXT, nullable=False),
        sa.Column("kind", sa.TEXT, nullable=False),
        sa.Column("subject", sa.TEXT, nullable=False),
        sa.Column("parent", sa.TEXT),
        sa.Column("what", sa.TEXT, nullable=False),
        sa.Column("from_state", sa.TEXT),
        sa.Column("account", sa.TEXT, nullable=False),
        sa.Column("post", sa.TEXT, nullable=False),
        sa.Column("reason", sa.TEXT, nullable=False),
        sa.Column("facts", JSONB, nullable=False),
        sa.Column("created", sa.DateTime(timezone=True), nullable=False),
    )
    for name, columns in {
        "subject": ["subject", "id"],
        "parent": ["parent", "id"],
        "account": ["account", "id"],
        "post": ["post", "id"],
        "room": ["room", "kind", "created"],
        "created": ["created"],
    }.items():
        op.create_index(f"gpo_common_event_{name}", "gpo_common_event", columns)
    op.create_table(
        "gpo_common_event_link",
        sa.Column("segment", sa.Date, primary_key=True),
        sa.Column("position", sa.Integer, primary_key=True),
        sa.Column("event_id", sa.BigInteger, nullable=False, unique=True),
        sa.Column("hash", sa.TEXT, nullable=False),
    )
    for function in (REFUSE_CHANGE, LINK, STATE_RULES, EVENT_RULES):
        op.execute(function)
    for table in APPEND_ONLY:
        # By row, so that TRUNCATE stays open to who owns the tables: a site is emptied
        # by it. What was cut off shows by a head of the chain that was kept.
        op.execute(
            f"CREATE TRIGGER {table}_append_only BEFORE UPDATE OR DELETE ON {table} "
            "FOR EACH ROW EXECUTE FUNCTION gpo_common_refuse_change()"
        )
    op.execute(
        "CREATE CONSTRAINT TRIGGER gpo_common_event_link AFTER INSERT "
        "ON gpo_common_event DEFERRABLE INITIALLY DEFERRED "
        "FOR EACH ROW EXECUTE FUNCTION gpo_common_link_event()"
    )


def downgrade() -> None:
    for table in APPEND_ONLY:
        op.drop_table(table)
    for function in ("event_rules", "state_rules", "link_event", "refuse_change"):
        op.execute(f"DROP FUNCTION gpo_common_{function}()")
