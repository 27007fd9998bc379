"""Follows, and the addresses that have no account. No foreign keys onto CKAN's tables."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta, timezone
from typing import Annotated, Any

import sqlalchemy as sa
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.orm import Mapped, mapped_column
from typing_extensions import Self

import ckan.plugins.toolkit as tk
from ckan import model
from ckan.model.types import make_uuid

from ckanext.gpo.common.news import Subject

text = Annotated[str, mapped_column(sa.TEXT)]
datetime_tz = Annotated[datetime, mapped_column(sa.DateTime(timezone=True))]

UNCONFIRMED = timedelta(hours=48)
"""How long an address may wait to be confirmed."""


def now() -> datetime:
    return datetime.now(timezone.utc)


class Address(tk.BaseModel):
    """An e-mail address that follows something.

    `fingerprint` is how it is recognised, `secret` the address itself, encrypted: see
    `addresses`. Both go with its last follow.
    """

    __tablename__ = "gpo_follow_address"

    id: Mapped[text] = mapped_column(primary_key=True, default=make_uuid)
    fingerprint: Mapped[text] = mapped_column(unique=True)
    secret: Mapped[text]
    language: Mapped[text]
    created: Mapped[datetime_tz] = mapped_column(default=now)


class Follow(tk.BaseModel):
    """That somebody follows something.

    `recipient` is the id of an account, or of an `Address`; `kind` and `key` are those of
    a subject. Of an address that has not confirmed it, `confirmed` is None.
    """

    __tablename__ = "gpo_follow_follow"
    __table_args__ = (
        sa.UniqueConstraint("recipient", "kind", "key", name="gpo_follow_once"),
        sa.Index("gpo_follow_subject", "kind", "key"),
    )

    id: Mapped[text] = mapped_column(primary_key=True, default=make_uuid)
    recipient: Mapped[text]
    has_account: Mapped[bool]
    kind: Mapped[text]
    key: Mapped[text]
    pace: Mapped[text]
    created: Mapped[datetime_tz] = mapped_column(default=now)
    confirmed: Mapped[datetime_tz | None]

    @property
    def subject(self) -> Subject:
        return Subject(self.kind, self.key)

    @classmethod
    def find(cls, recipient: str, subject: Subject) -> Follow | None:
        return model.Session.scalar(
            sa.select(cls).where(
                cls.recipient == recipient,
                cls.kind == subject.kind,
                cls.key == subject.key,
            )
        )

    @classmethod
    def ensure(cls, recipient: str, subject: Subject, **values: Any) -> Follow:
        """What somebody follows, as it is or, if it is not there, with these values.

        In the session's transaction; who does it at the same time gets the same.
        """
        model.Session.execute(
            insert(cls)
            .values(
                id=make_uuid(),
                recipient=recipient,
                kind=subject.kind,
                key=subject.key,
                created=now(),
                **values,
            )
            .on_conflict_do_nothing()
        )
        row = cls.find(recipient, subject)
        if row is None:
            raise RuntimeError("A follow was removed while it was made")
        return row

    @classmethod
    def of_recipient(cls, recipient: str) -> sa.Select[tuple[Self]]:
        """What somebody follows and has confirmed, the newest first."""
        return (
            sa.select(cls)
            .where(cls.recipient == recipient, cls.confirmed.is_not(None))
            .order_by(cls.created.desc(), cls.id)
        )

    @classmethod
    def count(cls, recipient: str) -> int:
        """How much somebody follows, confirmed or not."""
        query = sa.select(sa.func.count()).where(cls.recipient == recipient)
        return model.Session.scalar(query) or 0

    @classmethod
    def followers(cls, subjects: Iterable[Subject]) -> sa.Select[tuple[Self]]:
        """The confirmed follows of any of these subjects."""
        return sa.select(cls).where(
            sa.tuple_(cls.kind, cls.key).in_([tuple(each) for each in subjects]),
            cls.confirmed.is_not(None),
        )

    @classmethod
    def keys(cls, kind: str, limit: int) -> list[str]:
        """What of a kind is followed, that with the most followers first."""
        query = (
            sa.select(cls.key)
            .where(cls.kind == kind, cls.confirmed.is_not(None))
            .group_by(cls.key)
            .order_by(sa.func.count().desc(), cls.key)
            .limit(limit)
        )
        return list(model.Session.scalars(query))


def erase_expired(moment: datetime) -> None:
    """Remove, and commit: what nobody confirmed in time, what closed accounts followed, and
    addresses that follow nothing any more."""
    accounts = sa.select(model.User.id).where(model.User.state != model.State.DELETED)
    model.Session.execute(
        sa.delete(Follow).where(
            sa.or_(
                sa.and_(
                    Follow.confirmed.is_(None), Follow.created < moment - UNCONFIRMED
                ),
                sa.and_(Follow.has_account, Follow.recipient.not_in(accounts)),
            )
        )
    )
    erase_idle_addresses()
    model.Session.commit()


def erase_idle_addresses() -> None:
    """Remove, in the session's transaction, addresses that follow nothing."""
    follows = sa.select(Follow.id).where(Follow.recipient == Address.id)
    model.Session.execute(sa.delete(Address).where(~follows.exists()))
