"""News as feeds tell them, and how far the ledger has been read."""

from __future__ import annotations

from datetime import date, datetime
from typing import Annotated, Any

import sqlalchemy as sa
from sqlalchemy.dialects.postgresql import JSONB, insert
from sqlalchemy.orm import Mapped, mapped_column

import ckan.plugins.toolkit as tk
from ckan import model

from ckanext.gpo.common.ledger import Place
from ckanext.gpo.common.ledger.order import START

text = Annotated[str, mapped_column(sa.TEXT)]
datetime_tz = Annotated[datetime, mapped_column(sa.DateTime(timezone=True))]


class Entry(tk.BaseModel):
    """One piece of news; the columns are the fields of `kinds.News`."""

    __tablename__ = "gpo_common_news"

    id: Mapped[int] = mapped_column(sa.BigInteger, sa.Identity(), primary_key=True)
    reference: Mapped[text] = mapped_column(unique=True)
    kind: Mapped[text]
    facts: Mapped[dict[str, Any]] = mapped_column(JSONB)
    created: Mapped[datetime_tz]


class EntrySubject(tk.BaseModel):
    """A subject of a piece of news; the thing itself stands at place 0."""

    __tablename__ = "gpo_common_news_subject"
    __table_args__ = (
        sa.Index("gpo_common_news_subject_feed", "kind", "key", "news_id"),
    )

    news_id: Mapped[int] = mapped_column(sa.BigInteger, primary_key=True)
    place: Mapped[int] = mapped_column(primary_key=True)
    kind: Mapped[text]
    key: Mapped[text]


class Position(tk.BaseModel):
    """The last event that was read, as one row; `failures` counts how often reading the
    next one has failed."""

    __tablename__ = "gpo_common_news_position"

    id: Mapped[int] = mapped_column(primary_key=True, default=1)
    segment: Mapped[date] = mapped_column(sa.Date)
    position: Mapped[int]
    failures: Mapped[int] = mapped_column(default=0)

    @classmethod
    def read(cls) -> Place:
        """How far the ledger has been read; its start if nobody has."""
        columns = sa.select(cls.segment, cls.position)
        row = model.Session.execute(columns).first()
        return Place(*row) if row else START

    @classmethod
    def move(cls, place: Place) -> None:
        """Say, in the session's transaction, that the event at a place was read."""
        values = {"segment": place.segment, "position": place.position, "failures": 0}
        model.Session.execute(
            insert(cls)
            .values(id=1, **values)
            .on_conflict_do_update(index_elements=[cls.id], set_=values)
        )

    @classmethod
    def count_failure(cls) -> int:
        """Count that the next event could not be read; returns how often."""
        values = {"segment": START.segment, "position": START.position}
        return model.Session.scalars(
            insert(cls)
            .values(id=1, failures=1, **values)
            .on_conflict_do_update(
                index_elements=[cls.id], set_={"failures": cls.failures + 1}
            )
            .returning(cls.failures)
        ).one()
