"""Mails that are due go out: claimed, handed over, and marked with what is known of them.

A mail is claimed in a transaction of its own before it is handed over. If the job ends in
between, the claim stays behind, and nobody can tell whether a mail server has the mail. It
is not sent again by itself: `close_interrupted` says that it failed.
"""

from __future__ import annotations

import logging
from collections.abc import Iterable, Sequence
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime, timedelta
from time import monotonic
from urllib.parse import urlsplit
from uuid import UUID, uuid5

import sqlalchemy as sa

import ckan.plugins.toolkit as tk
from ckan import model

from ckanext.gpo.common.language import in_language

from . import config, letters, schedule
from .connections import kept_connection
from .delivery import Outcome, deliver, may_deliver
from .interface import Correspondent, find_correspondent, find_kind
from .model import Notice, now
from .wording import Memory
from .workflow import Failure, State

log = logging.getLogger(__name__)

LEASE = timedelta(minutes=10)
"""How long a mail may be in hand before its job is taken for dead: much longer than the
silence after which the client gives up on a server."""

MOST = 50
"""Notices in one mail."""

MANY = 200
"""Notices that are due from which on several senders share them."""

SENDERS = 4
"""Threads that send when much is due: each waits for the database and the server mostly."""

_NAMESPACE = UUID("6f1c2a34-5d7e-4b8a-9c10-2e3f4a5b6c7d")


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


def _send_in_thread(end: float) -> int:
    try:
        return _send_until(end)
    finally:
        model.Session.remove()


def _send_until(end: float) -> int:
    count, memory = 0, Memory()
    with kept_connection():
        while monotonic() < end and (notices := _claim(now())):
            outcome = _send(notices, memory)
            count += outcome is Outcome.ACCEPTED
            if outcome is Outcome.AWAY:
                break
    return count


def _are_many_due(moment: datetime) -> bool:
    some = _due(moment).with_only_columns(Notice.id).limit(MANY).subquery()
    count = model.Session.scalar(sa.select(sa.func.count()).select_from(some))
    return count == MANY


def is_due(moment: datetime) -> bool:
    """Whether anything is to be sent now, or was left behind."""
    queries = [_stranded(moment), *([_due(moment)] if may_deliver() else [])]
    return any(model.Session.scalar(sa.select(q.exists())) for q in queries)


def close_interrupted(moment: datetime) -> int:
    """Mark as failed what a job left behind; returns how many notices."""
    notices = _take(_stranded(moment))
    for notice in notices:
        _fail(notice, Failure.INTERRUPTED)
    model.Session.commit()
    return len(notices)


def _due(moment: datetime) -> sa.Select[tuple[Notice]]:
    query = sa.select(Notice).where(
        Notice.state == State.CREATED.value, Notice.next_attempt <= moment
    )
    if config.quiet_hours().covers(moment):
        query = query.where(Notice.urgent)
    return query


def _stranded(moment: datetime) -> sa.Select[tuple[Notice]]:
    return sa.select(Notice).where(
        Notice.state == State.SENDING.value, Notice.next_attempt <= moment
    )


def _claim(moment: datetime) -> list[Notice]:
    """Take what is due of the account that has waited longest, if no other job has it."""
    due = _due(moment)
    # an urgent one is told first, and alone
    order = (Notice.urgent.desc(), Notice.next_attempt, Notice.id)
    notices = _take(due.order_by(*order).limit(1))
    if notices and not notices[0].urgent:
        same = due.where(
            Notice.recipient == notices[0].recipient,
            Notice.language == notices[0].language,
            ~Notice.urgent,
        )
        notices = _take(same.order_by(Notice.created, Notice.id).limit(MOST))
    for notice in notices:
        notice.state = State.SENDING.value
        notice.attempts += 1
        notice.next_attempt = moment + LEASE
    model.Session.commit()
    return notices


def _take(query: sa.Select[tuple[Notice]]) -> list[Notice]:
    """Notices as they stand, kept from other jobs until the commit; none that one has."""
    locked = query.with_for_update(skip_locked=True)
    fresh = locked.execution_options(populate_existing=True)
    return list(model.Session.scalars(fresh))


def _send(notices: Sequence[Notice], memory: Memory) -> Outcome:
    notices = _drop_outdated(notices, memory)
    if not notices:
        return Outcome.REFUSED
    with in_language(notices[0].language):
        person = _find_person(notices[0].recipient)
        if not (person and letters.is_address(person.address)):
            _mark(notices, Outcome.REFUSED, Failure.NO_ADDRESS)
            return Outcome.REFUSED
        worded = [(notice, memory.paragraph(notice)) for notice in notices]
        letter = letters.compose(
            [words for _, words in worded if words],
            tk.h.gpo_common_title(),
            person.settings,
            tk._,
        )
    _mark(
        [n for n, words in worded if not words], Outcome.REFUSED, Failure.UNKNOWN_KIND
    )
    readable = [notice for notice, words in worded if words]
    if not readable:
        return Outcome.REFUSED
    name = letters.plain_name(person.name)
    headers = {"Message-ID": _message_id(readable), **_stop_headers(readable)}
    outcome = deliver(name, person.address, letter, headers)
    _mark(readable, outcome)
    return outcome


def _drop_outdated(notices: Sequence[Notice], memory: Memory) -> list[Notice]:
    """Take out of the outbox what is not worth telling any more; returns the others."""
    current = [notice for notice in notices if memory.is_current(notice)]
    for notice in set(notices) - set(current):
        model.Session.delete(notice)
    if len(current) < len(notices):
        model.Session.commit()
    return current


def _find_person(recipient: str) -> Correspondent | None:
    account = model.Session.get(model.User, recipient)
    if account is None:
        return find_correspondent(recipient)
    if not (account.is_active and account.email):
        return None
    settings = tk.url_for("gpo_notices.index", qualified=True)
    return Correspondent(account.display_name, account.email, settings)


def _stop_headers(notices: Iterable[Notice]) -> dict[str, str]:
    """What lets a mail program end notices by one click (RFC 8058), where they end."""
    for notice in notices:
        kind = find_kind(notice.kind)
        if kind and (address := kind.stop(notice.recipient)):
            return {
                "List-Unsubscribe": f"<{address}>",
                "List-Unsubscribe-Post": "List-Unsubscribe=One-Click",
            }
    return {}


def _message_id(notices: Iterable[Notice]) -> str:
    identity = uuid5(_NAMESPACE, " ".join(sorted(notice.id for notice in notices)))
    return f"<{identity}@{urlsplit(tk.config['ckan.site_url']).hostname}>"


def _mark(
    notices: Iterable[Notice], outcome: Outcome, failure: Failure = Failure.REFUSED
) -> None:
    for notice in notices:
        model.Session.refresh(notice, with_for_update=True)
        if notice.state != State.SENDING.value:
            log.error("Notice %s was given up meanwhile: %s", notice.id, outcome.name)
            continue
        match outcome:
            case Outcome.ACCEPTED:
                notice.state = State.DISPATCHED.value
                notice.sent_at, notice.next_attempt, notice.failure = now(), None, ""
            case Outcome.REFUSED:
                _fail(notice, failure)
            case Outcome.UNCONFIRMED:
                _fail(notice, Failure.UNCONFIRMED)
            case Outcome.DELAYED | Outcome.AWAY:
                _put_off(notice, outcome)
    model.Session.commit()


def _put_off(notice: Notice, outcome: Outcome) -> None:
    if notice.attempts >= schedule.ATTEMPTS:
        _fail(notice, Failure.EXHAUSTED)
        return
    notice.state = State.CREATED.value
    notice.next_attempt = schedule.next_due(notice.attempts, now())
    notice.failure = outcome.name.lower()


def _fail(notice: Notice, failure: Failure) -> None:
    notice.state = State.FAILED.value
    notice.next_attempt = None
    notice.failure = failure.value
    log.error("Notice %s was not sent: %s", notice.id, failure.value)
