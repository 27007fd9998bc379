"""Counts downloads, and tells the search index of them once a day."""

from __future__ import annotations

import logging
from collections.abc import Collection
from typing import Any

import sqlalchemy as sa
from redis.exceptions import RedisError
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.exc import SQLAlchemyError

import ckan.plugins.toolkit as tk
from ckan import model

from ckanext.gpo.common import clock

from . import jobs
from .model import Download

log = logging.getLogger(__name__)

INDEXED_AS = "resources_accessed_total"
"""CKAN's schema has this number for it; results can be sorted by it."""


def count(dataset: str) -> None:
    """Count one download of today.

    The first of a day has the dataset indexed again, with the counts up to then, so that
    many downloads do not write the index as often. A file is sent whether or not it can
    be counted.
    """
    one = insert(Download).values(dataset=dataset, day=clock.today(), count=1)
    counted = one.on_conflict_do_update(
        index_elements=["dataset", "day"], set_={"count": Download.count + 1}
    ).returning(Download.count)
    try:
        number = model.Session.scalar(counted)
        model.Session.commit()
    except SQLAlchemyError:
        model.Session.rollback()
        log.exception("A download of %s was not counted", dataset)
        return
    if number == 1:
        try:
            tk.enqueue_job(jobs.index, [dataset], title=f"downloads of {dataset}")
        except RedisError:
            log.exception("The downloads of %s are not indexed today", dataset)


def totals(datasets: Collection[str]) -> dict[str, int]:
    """Downloads of datasets by name, all days; those without any are not in it."""
    summed = (
        sa.select(Download.dataset, sa.func.sum(Download.count))
        .where(Download.dataset.in_(datasets))
        .group_by(Download.dataset)
    )
    return dict(model.Session.execute(summed).tuples().all())


def prepare(document: dict[str, Any]) -> None:
    """Put the count into a dataset's document of the search index."""
    name = document["name"]
    document[INDEXED_AS] = totals([name]).get(name, 0)
