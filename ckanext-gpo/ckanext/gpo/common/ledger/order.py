"""Events in the order in which they were committed, for who reads on from where it stopped.

Ids are given before the commit, so an event may turn up behind one of a higher id. The links
of the chain are made while transactions commit, one after the other: whoever sees a link
sees all links before it.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import NamedTuple

import sqlalchemy as sa

from ckan import model

from .events import Event

_link = sa.table(
    "gpo_common_event_link",
    sa.column("segment", sa.Date),
    sa.column("position", sa.Integer),
    sa.column("event_id", sa.BigInteger),
)


class Place(NamedTuple):
    """Where an event stands in the chain: a day in China, and which of that day."""

    segment: date
    position: int


START = Place(date.min, 0)
"""Before the first event."""


def events_after(place: Place, limit: int) -> Iterator[tuple[Place, Event]]:
    """The events that were committed after the one at a place, at most so many."""
    query = (
        sa.select(_link.c.segment, _link.c.position, Event)
        .join(Event, Event.id == _link.c.event_id)
        .where(_is_after(place))
        .order_by(_link.c.segment, _link.c.position)
        .limit(limit)
    )
    for segment, position, event in model.Session.execute(query).all():
        yield Place(segment, position), event


def has_events_after(place: Place) -> bool:
    """Whether anything was committed after the event at a place."""
    later = sa.select(_link.c.event_id).where(_is_after(place))
    return bool(model.Session.scalar(sa.select(later.exists())))


def _is_after(place: Place) -> sa.ColumnElement[bool]:
    columns = sa.tuple_(_link.c.segment, _link.c.position)
    return columns > sa.tuple_(sa.literal(place.segment), sa.literal(place.position))
