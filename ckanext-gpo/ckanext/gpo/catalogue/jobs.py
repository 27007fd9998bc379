"""What the background worker does for the catalogue. A job may run twice, beside another."""

from __future__ import annotations

import logging
from collections.abc import Iterator

import ckan.plugins.toolkit as tk
from ckan import model
from ckan.lib.redis import connect_to_redis
from ckan.types import Context

from ckanext.gpo.common import clock
from ckanext.gpo.common.locks import ProcessLock

from . import events, lookup, state
from .publication import Publication

log = logging.getLogger(__name__)

TITLE = "Look for late datasets"

_PAGE = 500

_LOOKED = "gpo:catalogue:late:looked"
_HOUR = 3600


def record_late() -> None:
    """Leave an event of each dataset whose new version is overdue, once for each due day."""
    lock = ProcessLock("catalogue", "late datasets")
    if not lock.acquire():
        return
    try:
        today = clock.today()
        for publication in _publications():
            cycle = publication.record["update_freq"]
            last = clock.china_day(publication.published)
            due = state.due(last, cycle)
            package = model.Package.get(publication.name)
            if due and package and state.is_overdue(last, cycle, today):
                events.record_late(package, due.isoformat())
        model.Session.commit()
    finally:
        lock.release()


def sweep() -> None:
    """Queue a job once an hour.

    :raises redis.RedisError: the queue is away
    """
    if connect_to_redis().set(_LOOKED, 1, nx=True, ex=_HOUR):
        tk.enqueue_job(record_late, title=TITLE)


def _publications() -> Iterator[Publication]:
    context = Context(ignore_auth=True)
    offset, count = 0, 1
    while offset < count:
        page, count = lookup.publications(context, limit=_PAGE, offset=offset)
        yield from page
        offset += _PAGE
