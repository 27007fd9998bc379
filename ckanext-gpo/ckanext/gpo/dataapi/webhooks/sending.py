"""Messages that are due are sent: claimed in one transaction, noted in another.

If the job ends between the two, the message is due again when its claim is over, under the
same id: it is sent at least once.
"""

from __future__ import annotations

import logging
from collections import defaultdict
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor, as_completed
from dataclasses import dataclass
from datetime import datetime, timedelta
from time import monotonic
from typing import Final

import sqlalchemy as sa

from ckan import model

from ckanext.gpo.common.news import is_tellable, store
from ckanext.gpo.dataapi import config

from . import outcomes, request, secret
from .model import Message, State, Webhook, now
from .request import Reply

log = logging.getLogger(__name__)

LEASE: Final = timedelta(minutes=10)
"""How long a message may be in hand before its job is taken for dead: longer than a job
goes on, and than a receiver is waited for after that."""

BATCH: Final = 40
"""Messages that are claimed together, those that are due longest."""

SENDERS: Final = 8
"""Receivers that are waited for at once."""


@dataclass(frozen=True)
class Parcel:
    """All that sending a message needs; the database is not asked meanwhile.

    :param secret: None if the site's key is another one since
    """

    message: str
    webhook: str
    address: str
    secret: str | None
    body: str

    def send(self, *, private_allowed: bool) -> tuple[datetime, Reply]:
        """When it was sent, and what came of it."""
        moment = now()
        if self.secret is None:
            return moment, Reply(None, outcomes.UNSIGNED, 0, "")
        headers = secret.sign(self.secret, self.message, moment, self.body)
        return moment, request.send(
            self.address, headers, self.body, private_allowed=private_allowed
        )


def send_due(seconds: float) -> int:
    """Send what is due; returns how many messages arrived.

    :param seconds: after so long no other message is begun
    """
    end, count = monotonic() + seconds, 0
    while monotonic() < end and (parcels := _claim()):
        count += _send(parcels, end)
    return count


def is_due() -> bool:
    """Whether anything is to be sent now."""
    return bool(model.Session.scalar(sa.select(_due().exists())))


def _due() -> sa.Select[tuple[Message]]:
    open_ = Webhook.open().with_only_columns(Webhook.id)
    return sa.select(Message).where(
        Message.state == State.WAITING.value,
        Message.next_attempt <= now(),
        Message.webhook.in_(open_),
    )


def _claim() -> list[Parcel]:
    """Take what is due longest in hand, and drop what is not public any more."""
    key, parcels = config.secret_key(), list[Parcel]()
    query = _due().order_by(Message.next_attempt, Message.created, Message.id)
    claimed = query.limit(BATCH).with_for_update(skip_locked=True)
    while not parcels:
        messages = list(
            model.Session.scalars(claimed.execution_options(populate_existing=True))
        )
        if not messages:
            model.Session.commit()
            return []
        for message in _tellable(messages):
            message.next_attempt = now() + LEASE
            webhook = model.Session.get_one(Webhook, message.webhook)
            plain = secret.decrypt(webhook.secret, key)
            parcels.append(
                Parcel(message.id, webhook.id, webhook.address, plain, message.body)
            )
        model.Session.commit()
    return parcels


def _tellable(messages: Sequence[Message]) -> Iterator[Message]:
    news = store.find({message.reference for message in messages if message.reference})
    for message in messages:
        event = news.get(message.reference)
        if not message.reference or (event and is_tellable(event)):
            yield message
        else:
            message.state, message.next_attempt = State.DROPPED.value, None


def _send(parcels: Sequence[Parcel], end: float) -> int:
    """Send to several receivers at once, to each one message after the other."""
    groups: dict[str, list[Parcel]] = defaultdict(list)
    for parcel in parcels:
        groups[parcel.webhook].append(parcel)
    private_allowed, count = config.private_webhooks(), 0
    with ThreadPoolExecutor(SENDERS) as pool:
        # what one sends first, others send meanwhile: a step is one message of each
        while groups and monotonic() < end:
            steps = {
                pool.submit(group[0].send, private_allowed=private_allowed): group[0]
                for group in groups.values()
            }
            for future in as_completed(steps):
                parcel = steps[future]
                moment, reply = future.result()
                outcomes.note(parcel.message, moment, reply)
                count += reply.is_success
                rest = groups.pop(parcel.webhook)[1:]
                if rest and reply.status is not None:
                    groups[parcel.webhook] = rest
                else:
                    # who does not answer at all is not waited for again at once
                    outcomes.postpone([each.message for each in rest])
    outcomes.release([each.message for group in groups.values() for each in group])
    return count
