"""What is erased by itself: old messages, and the webhooks of closed accounts."""

from __future__ import annotations

from datetime import timedelta
from typing import Final

import sqlalchemy as sa

from ckan import model

from .model import Delivery, Message, Webhook, now

LIFE: Final = timedelta(days=30)
"""For how long messages and attempts are kept."""


def erase_old() -> None:
    """Erase, in the session's transaction, what is older than it is kept."""
    accounts = sa.select(model.User.id).where(model.User.state != model.State.DELETED)
    closed = sa.select(Webhook.id).where(Webhook.owner.not_in(accounts))
    for id_ in model.Session.scalars(closed).all():
        erase(id_)
    oldest = now() - LIFE
    model.Session.execute(sa.delete(Delivery).where(Delivery.moment < oldest))
    model.Session.execute(sa.delete(Message).where(Message.created < oldest))


def erase(id_: str) -> None:
    """Erase a webhook and all that it was told, in the session's transaction."""
    for table in (Delivery, Message):
        model.Session.execute(sa.delete(table).where(table.webhook == id_))
    model.Session.execute(sa.delete(Webhook).where(Webhook.id == id_))
