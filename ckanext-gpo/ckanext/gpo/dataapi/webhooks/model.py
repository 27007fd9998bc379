"""Webhooks, their messages, and every attempt to deliver one. No page that is kept shows them."""

from __future__ import annotations

from datetime import datetime, timezone
from enum import Enum
from typing import Annotated

import sqlalchemy as sa
from sqlalchemy.dialects.postgresql import ARRAY
from sqlalchemy.orm import Mapped, mapped_column
from typing_extensions import Self

import ckan.plugins.toolkit as tk
from ckan import model
from ckan.model.types import make_uuid

from ckanext.gpo.common.web import page_cache

text = Annotated[str, mapped_column(sa.TEXT)]
datetime_tz = Annotated[datetime, mapped_column(sa.DateTime(timezone=True))]


def now() -> datetime:
    return datetime.now(timezone.utc)


class State(str, Enum):
    """Where a message stands."""

    WAITING = "waiting"
    DELIVERED = "delivered"
    FAILED = "failed"
    DROPPED = "dropped"
    """What it told of was not public any more."""


class Webhook(tk.BaseModel):
    """An address that is told of something.

    `secret` is encrypted, see `secret`; `kind` and `key` are those of a subject, or
    `topics.EVERYTHING`. `off` is why nothing is sent: `owner`, `failing` or `gone`; empty
    while it is. `failing` is since when nothing has come through.
    """

    __tablename__ = "gpo_dataapi_webhook"
    __table_args__ = (
        sa.Index("gpo_dataapi_webhook_owner", "owner"),
        page_cache.COUNTERS,
    )

    id: Mapped[text] = mapped_column(primary_key=True, default=make_uuid)
    owner: Mapped[text]
    address: Mapped[text]
    secret: Mapped[text]
    kind: Mapped[text]
    key: Mapped[text]
    topics: Mapped[list[str]] = mapped_column(ARRAY(sa.TEXT))
    off: Mapped[text] = mapped_column(default="")
    failing: Mapped[datetime_tz | None]
    created: Mapped[datetime_tz] = mapped_column(default=now)

    @classmethod
    def get(cls, id_: str) -> Webhook | None:
        return model.Session.get(cls, id_)

    @classmethod
    def of_owner(cls, owner: str) -> sa.Select[tuple[Self]]:
        """The webhooks of an account, the newest first."""
        query = sa.select(cls).where(cls.owner == owner)
        return query.order_by(cls.created.desc(), cls.id)

    @classmethod
    def count(cls, owner: str) -> int:
        query = sa.select(sa.func.count()).where(cls.owner == owner)
        return model.Session.scalar(query) or 0

    @classmethod
    def open(cls) -> sa.Select[tuple[Self]]:
        """Those that are told of what happens: switched on, of accounts that are active."""
        return (
            sa.select(cls)
            .join(model.User, model.User.id == cls.owner)
            .where(cls.off == "", model.User.state == model.State.ACTIVE)
        )


class Message(tk.BaseModel):
    """What one webhook is told of one event.

    `reference` is that of the news, empty for a test; `body` what is sent, the same at each
    attempt. `next_attempt` is when it is due; of one that is in hand, when its job is taken
    for dead.
    """

    __tablename__ = "gpo_dataapi_webhook_message"
    __table_args__ = (
        sa.Index(
            "gpo_dataapi_webhook_message_due",
            "next_attempt",
            postgresql_where=sa.text("state = 'waiting'"),
        ),
        sa.Index("gpo_dataapi_webhook_message_webhook", "webhook"),
        sa.Index("gpo_dataapi_webhook_message_created", "created"),
        page_cache.COUNTERS,
    )

    id: Mapped[text] = mapped_column(primary_key=True)
    webhook: Mapped[text]
    reference: Mapped[text]
    type: Mapped[text]
    body: Mapped[text]
    state: Mapped[text] = mapped_column(default=State.WAITING.value)
    attempts: Mapped[int] = mapped_column(default=0)
    next_attempt: Mapped[datetime_tz | None] = mapped_column(default=now)
    created: Mapped[datetime_tz] = mapped_column(default=now)

    @classmethod
    def get(cls, id_: str) -> Message | None:
        return model.Session.get(cls, id_)


class Delivery(tk.BaseModel):
    """One attempt to deliver a message.

    `status` is that of the answer, None if there was none: `failure` says why then. `answer`
    is how it begins.
    """

    __tablename__ = "gpo_dataapi_webhook_delivery"
    __table_args__ = (
        sa.Index("gpo_dataapi_webhook_delivery_list", "webhook", "id"),
        sa.Index("gpo_dataapi_webhook_delivery_moment", "moment"),
        page_cache.COUNTERS,
    )

    id: Mapped[int] = mapped_column(sa.BigInteger, sa.Identity(), primary_key=True)
    webhook: Mapped[text]
    message: Mapped[text]
    moment: Mapped[datetime_tz]
    attempt: Mapped[int]
    status: Mapped[int | None]
    failure: Mapped[text]
    milliseconds: Mapped[int]
    answer: Mapped[text]
