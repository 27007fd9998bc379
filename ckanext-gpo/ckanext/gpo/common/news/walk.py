"""From events to news: the ledger is read on from where reading stopped, one event a commit."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from dataclasses import replace
from time import monotonic

import ckan.plugins as p
from ckan import model

from ckanext.gpo.common.ledger import Event, Place, events_after
from ckanext.gpo.common.locks import ProcessLock

from . import store
from .interface import INewsReader, parents, sources
from .kinds import News
from .model import Position
from .visibility import is_tellable

log = logging.getLogger(__name__)

BATCH = 200
"""Events read at a time."""

ATTEMPTS = 5
"""How often an event is read that a source or reader fails at, before it is passed over:
one event must not keep all others from being told."""


def walk(seconds: float) -> int:
    """Read the events that were committed since, and let the readers take in their news.

    Does nothing while another process does it.

    :param seconds: after so long no other batch is begun
    :returns: how many events were read
    :raises Exception: what a source or reader raised; the event is read again
    """
    lock = ProcessLock("news", "ledger")
    if not lock.acquire():
        return 0
    try:
        count, end = 0, monotonic() + seconds
        while monotonic() < end and (read := _read_batch()):
            count += read
        return count
    finally:
        lock.release()


def _read_batch() -> int:
    count = 0
    for place, event in list(events_after(Position.read(), BATCH)):
        id_ = event.id
        try:
            _read(event)
            Position.move(place)
            model.Session.commit()
        except Exception:
            model.Session.rollback()
            if not _passes_over(place):
                raise
            log.exception("Event %s was not told: read %s times", id_, ATTEMPTS)
        count += 1
    return count


def _passes_over(place: Place) -> bool:
    """Count a failure; whether the event that failed is left behind now."""
    is_over = Position.count_failure() >= ATTEMPTS
    if is_over:
        Position.move(place)
    model.Session.commit()
    return is_over


def _read(event: Event) -> None:
    news = [each for each in _news(event) if is_tellable(each) and store.save(each)]
    if news:
        for reader in p.PluginImplementations(INewsReader):
            reader.read_news(news)


def _news(event: Event) -> Iterator[News]:
    for source in sources():
        for news in source.news_from(event):
            higher = (
                parent for subject in news.subjects for parent in parents(subject)
            )
            # once each, in their order
            subjects = tuple(dict.fromkeys([*news.subjects, *higher]))
            yield replace(news, subjects=subjects)
