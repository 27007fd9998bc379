"""Notices, and how accounts want them. No foreign keys onto CKAN's tables (pitfall 22)."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime, timezone
from typing import Annotated, Any

import sqlalchemy as sa
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import Mapped, mapped_column

import ckan.plugins.toolkit as tk
from ckan import model
from ckan.model.types import make_uuid

from .schedule import Pace
from .workflow import Channel, State

text = Annotated[str, mapped_column(sa.TEXT)]
datetime_tz = Annotated[datetime, mapped_column(sa.DateTime(timezone=True))]


def now() -> datetime:
    return datetime.now(timezone.utc)


class Notice(tk.BaseModel):
    """One notice to one account by one channel.

    `reference` is the sender's own name for what it tells: of the same reference, account
    and channel there is one. `kind` is the template (`kinds.Kind`), `subject` the id of
    what it is about, `facts` what it says. `next_attempt` is when a mail is due; of one
    that is being sent, when its job is taken for dead. `failure` is a `workflow.Failure`
    or, while it will be tried again, what went wrong last. Addresses of people are not
    here: they are read from the account, or from who knows the correspondent, when a mail is
    sent.
    """

    __tablename__ = "gpo_common_notice"
    __table_args__ = (
        sa.UniqueConstraint(
            "reference", "recipient", "channel", name="gpo_common_notice_once"
        ),
        sa.Index(
            "gpo_common_notice_outbox",
            "next_attempt",
            postgresql_where=sa.text("state IN ('created', 'sending')"),
        ),
        sa.Index("gpo_common_notice_inbox", "recipient", "channel", "created"),
    )

    id: Mapped[text] = mapped_column(primary_key=True, default=make_uuid)
    reference: Mapped[text]
    kind: Mapped[text]
    subject: Mapped[text]
    recipient: Mapped[text]
    channel: Mapped[text]
    language: Mapped[text]
    facts: Mapped[dict[str, Any]] = mapped_column(JSONB)
    urgent: Mapped[bool]
    state: Mapped[text]
    attempts: Mapped[int] = mapped_column(default=0)
    next_attempt: Mapped[datetime_tz | None]
    failure: Mapped[text] = mapped_column(default="")
    created: Mapped[datetime_tz] = mapped_column(default=now)
    sent_at: Mapped[datetime_tz | None]
    read_at: Mapped[datetime_tz | None]


class Preference(tk.BaseModel):
    """How an account wants its mails; one that never said has no row."""

    __tablename__ = "gpo_common_notice_preference"

    account: Mapped[text] = mapped_column(primary_key=True)
    language: Mapped[text]
    pace: Mapped[text]

    @classmethod
    def get(cls, account: str) -> Preference:
        """What an account has said, or what holds for all others; not in the session yet."""
        return cls.of_accounts([account])[account]

    @classmethod
    def of_accounts(cls, accounts: Collection[str]) -> dict[str, Preference]:
        """The same of many accounts, by their ids."""
        rows = model.Session.scalars(sa.select(cls).where(cls.account.in_(accounts)))
        stored = {row.account: row for row in rows}
        return {
            account: stored.get(account)
            or cls(
                account=account,
                language=tk.config["ckan.locale_default"],
                pace=Pace.AT_ONCE.value,
            )
            for account in accounts
        }


def inbox(account: str) -> sa.Select[tuple[Notice]]:
    """The notices of an account on the site, the newest first."""
    return (
        sa.select(Notice)
        .where(Notice.recipient == account, Notice.channel == Channel.SITE.value)
        .order_by(Notice.created.desc(), Notice.id)
    )


def count_unread(account: str) -> int:
    """How many notices on the site an account has not read."""
    unread = inbox(account).where(Notice.read_at.is_(None)).order_by(None)
    return (
        model.Session.scalar(sa.select(sa.func.count()).select_from(unread.subquery()))
        or 0
    )


def mails(*states: State) -> sa.Select[tuple[Notice]]:
    """Mails in one of these states, the newest first."""
    return (
        sa.select(Notice)
        .where(
            Notice.channel == Channel.MAIL.value,
            Notice.state.in_([state.value for state in states]),
        )
        .order_by(Notice.created.desc(), Notice.id)
    )
