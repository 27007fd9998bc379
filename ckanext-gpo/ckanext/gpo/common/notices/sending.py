"""Mails that are due go out: reserved together, then one by one taken in hand, handed over,
and marked with what is known of them.

If the job ends between the second and the last, nobody can tell whether a mail server has
that mail. It is not sent again by itself: `claims.close_interrupted` says that it failed.
"""

from __future__ import annotations

from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime
from itertools import groupby
from time import monotonic

import sqlalchemy as sa

from ckan import model

from ckanext.gpo.common.language import in_language

from . import claims, composition, letters
from .claims import Batch
from .connections import kept_connection
from .delivery import Outcome, deliver, may_deliver
from .interface import Correspondent
from .model import Notice, now
from .wording import Memory
from .workflow import Failure

BATCH_SECONDS = 5.0
"""After so long a batch begins no other mail. So long what a notice says, whether it may, and
the address of its reader are taken to be the same."""

MANY = 2 * claims.BATCH
"""Notices that are due from which on several senders share them."""

SENDERS = 4
"""Threads that send when much is due: each waits for the database and the server mostly."""


def send_due(seconds: float) -> int:
    """Send what is due, all of one account in one mail; returns how many mails went out.

    Ends early when the server takes none: what is left is due still.

    :param seconds: after so long no other mail is begun
    """
    if not may_deliver():
        return 0
    end = monotonic() + seconds
    if not _are_many_due(now()):
        return _send_until(end)
    model.Session.rollback()
    with ThreadPoolExecutor(SENDERS) as pool:
        return sum(pool.map(_send_in_thread, [end] * SENDERS))


def is_due(moment: datetime) -> bool:
    """Whether anything is to be sent now, or was left behind."""
    queries = [
        claims.stranded(moment),
        *([claims.due(moment)] if may_deliver() else []),
    ]
    return any(model.Session.scalar(sa.select(q.exists())) for q in queries)


def _are_many_due(moment: datetime) -> bool:
    some = claims.due(moment).with_only_columns(Notice.id).limit(MANY).subquery()
    count = model.Session.scalar(sa.select(sa.func.count()).select_from(some))
    return count == MANY


def _send_in_thread(end: float) -> int:
    try:
        return _send_until(end)
    finally:
        model.Session.remove()


def _send_until(end: float) -> int:
    count = 0
    with kept_connection():
        while monotonic() < end:
            with claims.reserve() as batch:
                if not batch.mails:
                    break
                outcomes = _send_batch(batch, min(end, monotonic() + BATCH_SECONDS))
            count += outcomes.count(Outcome.ACCEPTED)
            if Outcome.AWAY in outcomes:
                break
    return count


def _send_batch(batch: Batch, end: float) -> list[Outcome]:
    """What became of the mails of a batch, as far as they were begun."""
    memory, outcomes = Memory(), list[Outcome]()
    mails = sorted(_drop_outdated(batch, memory), key=_language)
    for language, group in groupby(mails, key=_language):
        same = list(group)
        with in_language(language):
            people = composition.find_people(mail[0].recipient for mail in same)
            for mail in same:
                if monotonic() >= end or Outcome.AWAY in outcomes[-1:]:
                    return outcomes
                if batch.take(mail):
                    person = people.get(mail[0].recipient)
                    outcomes.append(_send(batch, mail, person, memory))
    return outcomes


def _language(mail: Sequence[Notice]) -> str:
    return mail[0].language


def _drop_outdated(batch: Batch, memory: Memory) -> list[list[Notice]]:
    """Take out of the outbox what is not worth telling any more; returns the other mails."""
    notices = [notice for mail in batch.mails for notice in mail]
    outdated = {notice for notice in notices if not memory.is_current(notice)}
    if outdated:
        batch.drop([*outdated])
    current = ([n for n in mail if n not in outdated] for mail in batch.mails)
    return [mail for mail in current if mail]


def _send(
    batch: Batch, mail: Sequence[Notice], person: Correspondent | None, memory: Memory
) -> Outcome:
    """Send a mail that is in hand."""
    if not (person and letters.is_address(person.address)):
        batch.record(mail, Outcome.REFUSED, Failure.NO_ADDRESS)
        return Outcome.REFUSED
    unknown = [notice for notice in mail if not memory.paragraph(notice)]
    batch.record(unknown, Outcome.REFUSED, Failure.UNKNOWN_KIND)
    readable = [notice for notice in mail if notice not in unknown]
    if not readable:
        return Outcome.REFUSED
    letter, headers = composition.compose(readable, person, memory)
    name = letters.plain_name(person.name)
    outcome = deliver(name, person.address, letter, headers)
    batch.record(readable, outcome)
    return outcome
