"""Queries in plain words that found nothing, no record either: how often on which day, and no more.

Neither who asked nor from where is known here. A search is not kept waiting: a thread
writes what has come in, in a transaction of its own; what it cannot write is lost.
"""

from __future__ import annotations

import logging
import os
import queue
import re
import threading
from collections import Counter
from datetime import date, timedelta
from functools import cache
from typing import Any, cast

import sqlalchemy as sa
from flask import g, has_request_context
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.exc import SQLAlchemyError

from ckan import model

from ckanext.gpo.common import clock

from .analysis import Segmenter, domain_segmenter, domain_synonyms, lines, resource
from .model import ZeroResultQuery
from .query_privacy import storable_query
from .record_finder import has_public_record

log = logging.getLogger(__name__)

QUEUE_SIZE = 1_000
"""Queries that wait to be written; more at once are lost."""

PER_DAY = 2_000
"""Different queries of one day; who asks for more is no person."""

RETENTION = timedelta(days=365)

STANDING_FILTERS = re.compile(
    r"[+-]?(?:capacity|state|dataset_type|site_id|entity_type|permission_labels):"
    r'(?:\([^)]*\)|"[^"]*"|\S+)'
)
"""Filters that a reader has not chosen."""

DatedQuery = tuple[date, str]


def record(results: dict[str, Any], params: dict[str, Any]) -> None:
    """Keep what a search has asked for if nothing was found; called for every search."""
    if results["count"] or not _is_plain(params):
        return
    segmenter, vocabulary = _words()
    if query := storable_query(str(params["q"]), segmenter, vocabulary):
        if has_request_context():
            # A page may ask the same more than once.
            recorded = g.setdefault("gpo_search_zero_result_queries", set())
            if query in recorded:
                return
            recorded.add(query)
        if has_public_record(str(params["q"])):
            return
        _writer(os.getpid()).put((clock.today(), query))


def flush() -> None:
    """Wait until all that this process has noted is written or lost."""
    _writer(os.getpid()).queries.join()


def _is_plain(params: dict[str, Any]) -> bool:
    """The first page of a search in words, without filters of the reader's choice."""
    filters = " ".join(_strings(params.get("fq")) + _strings(params.get("fq_list")))
    return (
        params.get("defType") == "dismax"
        and not params.get("start")
        and bool(params.get("rows"))
        and not STANDING_FILTERS.sub("", filters).strip()
    )


def _strings(value: Any) -> list[str]:
    if value is None:
        return []
    return [value] if isinstance(value, str) else [str(item) for item in value]


@cache
def _words() -> tuple[Segmenter, frozenset[str]]:
    synonyms = domain_synonyms()
    vocabulary = frozenset([*lines(resource("dictionary.txt")), *synonyms.words])
    return domain_segmenter(synonyms), vocabulary


@cache
def _writer(process: int) -> Writer:
    """The one of a process: a thread does not live on in a forked one."""
    del process
    return Writer()


class Writer:
    """Writes queries in a thread that ends with the process."""

    def __init__(self) -> None:
        self.queries: queue.Queue[DatedQuery] = queue.Queue(QUEUE_SIZE)
        self._tidied: date | None = None
        threading.Thread(
            target=self._run, name="gpo-search-zero-result-queries", daemon=True
        ).start()

    def put(self, query: DatedQuery) -> None:
        try:
            self.queries.put_nowait(query)
        except queue.Full:
            log.warning("Too many queries at once; one that found nothing is not kept")

    def _run(self) -> None:
        while True:
            counts = Counter([self.queries.get()])
            while not self.queries.empty():
                counts[self.queries.get()] += 1
            try:
                self._write(counts)
            except SQLAlchemyError as error:
                log.warning("Queries that found nothing are not kept: %s", error)
            finally:
                for _ in range(counts.total()):
                    self.queries.task_done()

    def _write(self, counts: Counter[DatedQuery]) -> None:
        engine = cast(sa.Engine, model.meta.engine)
        with engine.begin() as connection:
            connection.execute(sa.text("SET LOCAL lock_timeout = '2s'"))
            for (day, query), times in sorted(counts.items()):
                connection.execute(_counted(day, query, times))
            today = max(day for day, _ in counts)
            if self._tidied != today:
                connection.execute(
                    sa.delete(ZeroResultQuery).where(
                        ZeroResultQuery.day < today - RETENTION
                    )
                )
                self._tidied = today


def _counted(day: date, query: str, times: int) -> sa.Insert:
    """Add to the count of a query, or begin one as long as the day has room for it."""
    day_count = (
        sa.select(sa.func.count()).where(ZeroResultQuery.day == day).scalar_subquery()
    )
    exists = sa.exists().where(
        ZeroResultQuery.day == day, ZeroResultQuery.query == query
    )
    row = sa.select(
        sa.literal(day, sa.Date), sa.literal(query), sa.literal(times)
    ).where(sa.or_(day_count < PER_DAY, exists))
    statement = insert(ZeroResultQuery).from_select(["day", "query", "times"], row)
    return statement.on_conflict_do_update(
        index_elements=["day", "query"],
        set_={"times": ZeroResultQuery.times + statement.excluded.times},
    )
