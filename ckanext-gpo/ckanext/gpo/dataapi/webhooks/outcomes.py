"""What came of an attempt is written down, and decides what becomes of message and webhook."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Final
from urllib.parse import urlsplit

import sqlalchemy as sa

from ckan import model

from ckanext.gpo.common import notices
from ckanext.gpo.common.notices import schedule

from . import letters
from .model import Delivery, Message, State, Webhook, now
from .request import UNWANTED, Reply

UNSIGNED: Final = "secret-unreadable"
"""Failure of an attempt: the site's key is another one now, so nothing can be signed."""

FAILING: Final = timedelta(days=2)
"""A webhook is switched off when a message was tried to the end in vain, and nothing else
has come through for so long."""

PAUSE: Final = timedelta(minutes=1)


def note(id_: str, moment: datetime, reply: Reply) -> None:
    """Write down what came of an attempt, and commit."""
    message = model.Session.get(Message, id_, with_for_update=True)
    webhook = (
        model.Session.get(Webhook, message.webhook, with_for_update=True)
        if message
        else None
    )
    if message and webhook:  # or both were deleted meanwhile
        message.attempts += 1
        model.Session.add(_delivery(message, moment, reply))
        if reply.is_success:
            message.state, message.next_attempt = State.DELIVERED.value, None
            webhook.failing = None
        else:
            _note_failure(message, webhook, moment, reply)
    model.Session.commit()


def postpone(ids: Sequence[str]) -> None:
    """Let messages in hand be due a little later, without an attempt; and commit."""
    _due_at(ids, now() + PAUSE)


def release(ids: Sequence[str]) -> None:
    """Let messages in hand be due now, and commit."""
    _due_at(ids, now())


def _due_at(ids: Sequence[str], moment: datetime) -> None:
    if ids:
        model.Session.execute(
            sa.update(Message).where(Message.id.in_(ids)).values(next_attempt=moment)
        )
        model.Session.commit()


def _delivery(message: Message, moment: datetime, reply: Reply) -> Delivery:
    return Delivery(
        webhook=message.webhook,
        message=message.id,
        moment=moment,
        attempt=message.attempts,
        status=reply.status,
        failure=reply.failure,
        milliseconds=reply.milliseconds,
        answer=reply.answer,
    )


def _note_failure(
    message: Message, webhook: Webhook, moment: datetime, reply: Reply
) -> None:
    webhook.failing = since = webhook.failing or moment
    is_gone = reply.status == UNWANTED
    if is_gone or message.attempts >= schedule.ATTEMPTS:
        message.state, message.next_attempt = State.FAILED.value, None
        if is_gone or moment - since >= FAILING:
            _switch_off(
                webhook, letters.UNWANTED if is_gone else letters.FAILING, message
            )
    else:
        message.next_attempt = schedule.next_due(message.attempts, moment)


def _switch_off(webhook: Webhook, reason: str, message: Message) -> None:
    webhook.off = reason
    owner = model.Session.get(model.User, webhook.owner)
    notices.notify(
        letters.OFF,
        [owner] if owner else [],
        subject=webhook.id,
        reference=f"webhook-off/{webhook.id}/{message.id}/{message.attempts}",
        facts={
            "webhook": webhook.id,
            "host": urlsplit(webhook.address).hostname or "",
            "reason": reason,
        },
    )
