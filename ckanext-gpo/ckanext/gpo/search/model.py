"""Queries that found nothing. Nothing says who has asked."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Any

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

import ckan.plugins.toolkit as tk
from ckan import model

from ckanext.gpo.common.web import page_cache

LEAST = 3
"""Times that a query was asked before anybody is shown it: once may be a slip of one
person, or something about one."""

text = Annotated[str, mapped_column(sa.TEXT)]


class ZeroResultQuery(tk.BaseModel):
    """A query in plain words that found nothing, and how often on a day."""

    __tablename__ = "gpo_search_zero_result_query"
    __table_args__ = page_cache.COUNTERS

    day: Mapped[date] = mapped_column(primary_key=True)
    query: Mapped[text] = mapped_column(primary_key=True)
    times: Mapped[int]


def zero_result_queries_since(
    day: date, start: int, rows: int
) -> tuple[int, list[dict[str, Any]]]:
    """How many queries were asked often enough since a day, and some of them.

    Those asked most often first: `{query, times, last}`.
    """
    times = sa.func.sum(ZeroResultQuery.times)
    last = sa.func.max(ZeroResultQuery.day)
    often = (
        sa.select(ZeroResultQuery.query, times.label("times"), last.label("last"))
        .where(ZeroResultQuery.day >= day)
        .group_by(ZeroResultQuery.query)
        .having(times >= LEAST)
    )
    count = sa.select(sa.func.count()).select_from(often.subquery())
    ordered = often.order_by(times.desc(), last.desc(), ZeroResultQuery.query)
    page = model.Session.execute(ordered.offset(start).limit(rows))
    return model.Session.scalar(count) or 0, [
        {"query": row.query, "times": int(row.times), "last": row.last.isoformat()}
        for row in page
    ]
