"""What the background worker does for news. A job may run twice, beside another."""

from __future__ import annotations

import logging
from typing import Any

import redis
import sqlalchemy as sa
from sqlalchemy import event

import ckan.plugins.toolkit as tk
from ckan import model
from ckan.lib.redis import connect_to_redis

from ckanext.gpo.common import ledger
from ckanext.gpo.common.ledger import Event, has_events_after

from .model import Position
from .walk import walk

log = logging.getLogger(__name__)

TITLE = "Tell news"

BUSY_SECONDS = 120
"""After so long a job reads no other batch; what it leaves is read after the next sweep."""

_WAITING = "gpo:news:waiting"
"""Key that is there while a job waits, for a minute at most: the queue may be emptied."""

_WAITING_SECONDS = 60

_NOTED = "gpo_common_events"


def tell_news() -> None:
    """Read the ledger on from where it was read last."""
    connect_to_redis().delete(_WAITING)
    if count := walk(BUSY_SECONDS):
        log.info("%s events read for news", count)


def enqueue() -> None:
    """Queue a job unless one waits already.

    :raises redis.RedisError: the queue is away
    """
    if connect_to_redis().set(_WAITING, 1, nx=True, ex=_WAITING_SECONDS):
        tk.enqueue_job(tell_news, title=TITLE)


def sweep() -> None:
    """Queue a job if there are events that nobody has read.

    :raises redis.RedisError: the queue is away
    """
    if has_events_after(Position.read()):
        enqueue()


def listen() -> None:
    """Queue a job right after each commit of an event, from here on."""
    ledger.listen("gpo_common", Event, "after_insert", _note)
    if not event.contains(model.Session, "after_commit", _follow_up):
        event.listen(model.Session, "after_commit", _follow_up)


def _note(connection: sa.Connection, entity: Any) -> None:
    del connection, entity
    model.Session.info[_NOTED] = True


def _follow_up(session: Any) -> None:
    if session.info.pop(_NOTED, None):
        try:
            enqueue()
        except redis.RedisError as error:
            log.warning("News wait for the queue to be back: %s", error)
