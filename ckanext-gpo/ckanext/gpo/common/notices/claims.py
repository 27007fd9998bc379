"""Which job has which mails in hand. It stands in the database, so it outlives every job.

A job reserves a batch: mails that no other job is to begin until `LEASE` is over. Just before
it hands one of them over it takes it in hand, in a transaction of its own. What a job that was
killed had reserved goes out later; what it had in hand nobody can tell.
"""

from __future__ import annotations

import logging
from collections import defaultdict
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import datetime, timedelta
from typing import Any

import sqlalchemy as sa

from ckan import model

from ckanext.gpo.common.locks import lock_until_commit

from . import config, schedule
from .delivery import Outcome
from .model import Notice, now
from .workflow import Failure, State

log = logging.getLogger(__name__)

LEASE = timedelta(minutes=10)
"""How long a mail may be reserved or in hand before its job is taken for dead: much longer
than a batch may take, and than the silence after which the client gives up on a server."""

BATCH = 100
"""Notices that are due longest, whose recipients' mails are reserved together."""

MOST = 50
"""Notices in one mail."""

_TABLE = Notice.__table__
_ROWS = _TABLE.c


def due(moment: datetime) -> sa.Select[tuple[Notice]]:
    """What may go out now."""
    query = sa.select(Notice).where(
        Notice.state == State.CREATED.value, Notice.next_attempt <= moment
    )
    if config.quiet_hours().covers(moment):
        query = query.where(Notice.urgent)
    return query


def stranded(moment: datetime) -> sa.Select[tuple[Notice]]:
    """What jobs that are dead had in hand."""
    return sa.select(Notice).where(
        Notice.state == State.SENDING.value, Notice.next_attempt <= moment
    )


def close_interrupted(moment: datetime) -> int:
    """Mark as failed what a job left behind; returns how many notices."""
    notices = _lock(stranded(moment))
    _record(notices, Outcome.REFUSED, Failure.INTERRUPTED)
    model.Session.commit()
    return len(notices)


class Batch:
    """Notices that are reserved for this job.

    :ivar mails: of what is told together; each of one recipient in one language
    """

    def __init__(self, notices: Sequence[Notice], lease: datetime) -> None:
        self.mails = _mails(notices)
        self._lease = lease
        self._reserved = {notice.id for notice in notices}

    def take(self, notices: Sequence[Notice]) -> bool:
        """Take notices in hand, and commit, with what was recorded before.

        False if any is gone: its reader wants none any more, or the lease is over.
        """
        ids = [notice.id for notice in notices]
        self._reserved -= {*ids}
        in_hand = {
            "state": State.SENDING.value,
            "attempts": _ROWS.attempts + 1,
            "next_attempt": now() + LEASE,
        }
        own_ids = _update(sa.and_(_ROWS.id.in_(ids), *self._is_reserved()), in_hand)
        is_whole = len(own_ids) == len(ids)
        if not is_whole:
            released = {"state": State.CREATED.value, "next_attempt": now()}
            _update(_ROWS.id.in_(own_ids), released)
        model.Session.commit()
        return is_whole

    def record(
        self,
        notices: Sequence[Notice],
        outcome: Outcome,
        failure: Failure = Failure.REFUSED,
    ) -> None:
        """Write what became of notices in hand, in the session's transaction."""
        _record(notices, outcome, failure)

    def drop(self, notices: Sequence[Notice]) -> None:
        """Remove reserved notices that are not worth telling any more, and commit."""
        ids = [notice.id for notice in notices]
        self._reserved -= {*ids}
        is_left = sa.and_(_ROWS.id.in_(ids), *self._is_reserved())
        _connection().execute(sa.delete(_TABLE).where(is_left))
        model.Session.commit()

    def release(self) -> None:
        """Let others have what was not begun."""
        if self._reserved:
            is_left = sa.and_(_ROWS.id.in_(self._reserved), *self._is_reserved())
            _update(is_left, {"next_attempt": now()})
            model.Session.commit()

    def _is_reserved(self) -> tuple[sa.ColumnElement[bool], ...]:
        return (
            _ROWS.state == State.CREATED.value,
            _ROWS.next_attempt == self._lease,
        )


@contextmanager
def reserve() -> Iterator[Batch]:
    """Have what has waited longest, if no other job has it, for a block."""
    moment = now()
    batch = Batch(_reserve(moment), moment + LEASE)
    try:
        yield batch
        model.Session.commit()
    finally:
        model.Session.rollback()
        batch.release()


def _reserve(moment: datetime) -> list[Notice]:
    # One at a time, or what one reader is told would be shared among two jobs.
    lock_until_commit("notices", "reserve")
    order = (Notice.urgent.desc(), Notice.next_attempt, Notice.id)
    first = _lock(due(moment).order_by(*order).limit(BATCH))
    # Urgent ones are told first.
    notices = [notice for notice in first if notice.urgent]
    if first and not notices:
        recipients = {notice.recipient for notice in first}
        same = due(moment).where(Notice.recipient.in_(recipients), ~Notice.urgent)
        oldest = same.order_by(Notice.created, Notice.id).limit(BATCH * MOST)
        notices = _lock(oldest)
    ids = [notice.id for notice in notices]
    _update(_ROWS.id.in_(ids), {"next_attempt": moment + LEASE})
    model.Session.commit()
    return notices


def _mails(notices: Sequence[Notice]) -> list[list[Notice]]:
    """What goes into one mail; an urgent notice is alone in its own."""
    groups: dict[tuple[str, str, str], list[Notice]] = defaultdict(list)
    for notice in notices:
        alone = notice.id if notice.urgent else ""
        groups[notice.recipient, notice.language, alone].append(notice)
    return [
        group[start : start + MOST]
        for group in groups.values()
        for start in range(0, len(group), MOST)
    ]


def _lock(query: sa.Select[tuple[Notice]]) -> list[Notice]:
    """Notices as they stand, kept from others until the commit; none that one has.

    They are no part of the session: their rows are written by statements.
    """
    locked = query.with_for_update(skip_locked=True)
    fresh = locked.execution_options(populate_existing=True)
    notices = list(model.Session.scalars(fresh))
    for notice in notices:
        model.Session.expunge(notice)
    return notices


def _record(notices: Sequence[Notice], outcome: Outcome, failure: Failure) -> None:
    by_values: dict[tuple[tuple[str, Any], ...], list[str]] = defaultdict(list)
    moment = now()
    for notice in notices:
        values = _values(notice.attempts + 1, outcome, failure, moment)
        by_values[tuple(values.items())].append(notice.id)
    for values, ids in by_values.items():
        is_in_hand = sa.and_(_ROWS.id.in_(ids), _ROWS.state == State.SENDING.value)
        if len(_update(is_in_hand, dict(values))) < len(ids):
            log.error("Of notices %s some were given up: %s", ids, outcome.name)


def _values(
    attempts: int, outcome: Outcome, failure: Failure, moment: datetime
) -> dict[str, Any]:
    """Where a notice stands after so many attempts."""
    match outcome:
        case Outcome.ACCEPTED:
            return {
                "state": State.DISPATCHED.value,
                "sent_at": moment,
                "next_attempt": None,
                "failure": "",
            }
        case Outcome.DELAYED | Outcome.AWAY if attempts < schedule.ATTEMPTS:
            return {
                "state": State.CREATED.value,
                "next_attempt": schedule.next_due(attempts, moment),
                "failure": outcome.name.lower(),
            }
        case Outcome.DELAYED | Outcome.AWAY:
            failure = Failure.EXHAUSTED
        case Outcome.UNCONFIRMED:
            failure = Failure.UNCONFIRMED
        case Outcome.REFUSED:
            pass
    log.error("A notice was not sent: %s", failure.value)
    return {
        "state": State.FAILED.value,
        "next_attempt": None,
        "failure": failure.value,
    }


def _update(condition: sa.ColumnElement[bool], values: dict[str, Any]) -> list[str]:
    """Write to notices in one statement; returns their ids."""
    statement = sa.update(_TABLE).where(condition).values(values).returning(_ROWS.id)
    return list(_connection().execute(statement).scalars())


def _connection() -> sa.Connection:
    """That of the session's transaction. Its ORM would cost as much as the statement."""
    return model.Session.connection()
