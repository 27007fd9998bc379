"""An index that is new where there are datasets already is filled by a background job.

So it is after an update that brings other words or another engine: the index of before
cannot be read, and lies where it lay. Searches answer with what is there meanwhile.
"""

from __future__ import annotations

import logging
import time

import sqlalchemy as sa
from rq.exceptions import NoSuchJobError
from rq.job import Job, JobStatus
from sqlalchemy.exc import SQLAlchemyError

import ckan.plugins.toolkit as tk
from ckan import model
from ckan.lib.redis import connect_to_redis

from ckanext.gpo.search.engine import Engine

log = logging.getLogger(__name__)

JOB = "gpo_search_rebuild"
EVERY = 60.0
"""Seconds after which a process looks again."""

TIMEOUT = 24 * 3600

UNFINISHED = (
    JobStatus.QUEUED,
    JobStatus.STARTED,
    JobStatus.DEFERRED,
    JobStatus.SCHEDULED,
)

_next_look: dict[Engine, float] = {}


def ensure_filled(engine: Engine) -> None:
    """See to it that an index that nobody has filled is filled, if there is with what.

    Costs nothing once it is. Whatever goes wrong here, search goes on.
    """
    try:
        if not engine.index.unfilled or time.monotonic() < _next_look.get(engine, 0):
            return
    except OSError:  # it cannot be opened, which a search says in its own words
        return
    _next_look[engine] = time.monotonic() + EVERY
    try:
        count = _datasets()
        if count == 0:
            engine.index.declare_filled()
        elif count:
            request_fill(engine, count)
    except Exception:  # Redis is away: that is no reason not to search
        log.exception("Search index %s is empty, and no job can fill it", engine.folder)


def _datasets() -> int | None:
    """How many datasets there are; nothing if there is no database to ask yet."""
    if model.meta.engine is None:
        return None
    try:
        # Not in the session: a table that is not there would end its transaction.
        with model.meta.engine.connect() as connection:
            return connection.scalar(sa.select(sa.func.count(model.Package.id)))
    except SQLAlchemyError:
        return None


def request_fill(engine: Engine, count: int) -> None:
    """Have the index built by a worker, unless that is asked for already.

    Two processes may both ask: the job does nothing once the index is filled.
    """
    log.warning(
        "Search index %s is empty and the site has %s datasets: a background job fills "
        "it (`ckan jobs worker`), or `ckan search-index rebuild` at once",
        engine.folder,
        count,
    )
    job_id = f"{JOB}_{tk.config['ckan.site_id']}"
    try:
        if Job.fetch(job_id, connection=connect_to_redis()).get_status() in UNFINISHED:
            return
    except NoSuchJobError:
        pass
    tk.enqueue_job(
        # RQ takes the dotted name, too: jobs.py imports this module
        "ckanext.gpo.search.jobs.fill_index",  # pyright: ignore[reportArgumentType]
        title="Build the search index",
        rq_kwargs={"job_id": job_id, "timeout": TIMEOUT},
    )
