"""News are kept, once each, and found again by what they are about."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.dialects.postgresql import insert

from ckan import model

from .interface import news_kinds
from .kinds import DISCLOSURES, News, NewsKind, Subject
from .model import Entry, EntrySubject


def save(news: News) -> bool:
    """Add news to the session's transaction; False if it was known by its reference."""
    id_ = model.Session.scalar(
        insert(Entry)
        .values(
            reference=news.reference,
            kind=news.kind.name,
            facts=dict(news.facts),
            created=news.created,
        )
        .on_conflict_do_nothing()
        .returning(Entry.id)
    )
    if id_ is None:
        return False
    model.Session.execute(
        sa.insert(EntrySubject),
        [
            {"news_id": id_, "place": place, "kind": subject.kind, "key": subject.key}
            for place, subject in enumerate(news.subjects)
        ],
    )
    return True


def latest(subject: Subject, limit: int) -> list[News]:
    """The latest news of a subject and of what belongs to it, the newest first."""
    ids = (
        sa.select(EntrySubject.news_id)
        .where(EntrySubject.kind == subject.kind, EntrySubject.key == subject.key)
        .distinct()
        .order_by(EntrySubject.news_id.desc())
        .limit(limit)
    )
    entries = sa.select(Entry).where(Entry.id.in_(ids)).order_by(Entry.id.desc())
    return _read(model.Session.scalars(entries).all())


def latest_disclosures(limit: int) -> list[News]:
    """The latest news of all that is disclosed, the newest first."""
    ids = (
        sa.select(EntrySubject.news_id)
        .where(EntrySubject.place == 0, EntrySubject.kind.in_(DISCLOSURES))
        .order_by(EntrySubject.news_id.desc())
        .limit(limit)
    )
    entries = sa.select(Entry).where(Entry.id.in_(ids)).order_by(Entry.id.desc())
    return _read(model.Session.scalars(entries).all())


def disclosures_since(moment: datetime, kinds: Iterable[NewsKind]) -> list[News]:
    """The news of these kinds of what is disclosed, the oldest first."""
    names = [kind.name for kind in kinds]
    entries = (
        sa.select(Entry)
        .join(EntrySubject, EntrySubject.news_id == Entry.id)
        .where(
            EntrySubject.place == 0,
            EntrySubject.kind.in_(DISCLOSURES),
            Entry.kind.in_(names),
            Entry.created >= moment,
        )
        .order_by(Entry.id)
    )
    return _read(model.Session.scalars(entries).all())


def find(references: Iterable[str]) -> dict[str, News]:
    """News by their references; what is not there, or not known by any plugin, is left out."""
    entries = sa.select(Entry).where(Entry.reference.in_(list(references)))
    return {
        news.reference: news for news in _read(model.Session.scalars(entries).all())
    }


def _read(entries: Sequence[Entry]) -> list[News]:
    kinds = news_kinds()
    subjects: dict[int, list[Subject]] = defaultdict(list)
    rows = sa.select(EntrySubject).where(
        EntrySubject.news_id.in_([entry.id for entry in entries])
    )
    for row in model.Session.scalars(rows.order_by(EntrySubject.place)):
        subjects[row.news_id].append(Subject(row.kind, row.key))
    return [
        News(
            entry.reference,
            kinds[entry.kind],
            tuple(subjects[entry.id]),
            entry.facts,
            entry.created,
        )
        for entry in entries
        if entry.kind in kinds
    ]
