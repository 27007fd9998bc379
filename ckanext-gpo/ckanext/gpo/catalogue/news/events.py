"""The news that events of the catalogue tell."""

from __future__ import annotations

from collections.abc import Iterator

import sqlalchemy as sa

from ckan import model

from ckanext.gpo.catalogue import events
from ckanext.gpo.catalogue.release import TYPE as ITEM
from ckanext.gpo.common import ledger
from ckanext.gpo.common.ledger import Event
from ckanext.gpo.common.news import News, Subject

from .wording import LATE, RELEASED, TAKEN_BACK


def news_from(event: Event) -> Iterator[News]:
    """What an event of the catalogue tells the public."""
    if event.room != events.ROOM or event.kind not in ("dataset", ITEM):
        return
    package = model.Package.get(event.subject)
    if package is None:
        return
    facts = {"name": package.name, "title": package.title}
    if event.what == events.LATE:
        due = {"due": event.facts["due"]}
        yield News.from_event(event, LATE, Subject("dataset", package.id), facts | due)
    elif event.kind == ITEM:
        was_public, is_public = _is_public(_previous(event)), _is_public(event)
        if was_public != is_public:
            kind = RELEASED if is_public else TAKEN_BACK
            yield News.from_event(event, kind, Subject("item", package.id), facts)


def _previous(event: Event) -> Event | None:
    earlier = ledger.select(room=events.ROOM, kind=event.kind, subject=event.subject)
    return model.Session.scalar(
        earlier.where(Event.id < event.id)
        .order_by(None)
        .order_by(sa.desc(Event.id))
        .limit(1)
    )


def _is_public(event: Event | None) -> bool:
    return (
        event is not None
        and event.what not in ("deleted", "purged")
        and event.facts.get("private") is False
    )
