"""What a background worker does for records. A job may run twice, or beside another."""

from __future__ import annotations

import logging

import redis

import ckan.plugins.toolkit as tk

from ckanext.gpo.common.job_queue import is_waiting
from ckanext.gpo.search.errors import DiskError

from .reconciling import differences, reconcile

log = logging.getLogger(__name__)

TIMEOUT = 4 * 3600
"""Seconds of a job: ten million records take an hour."""


def index_records() -> None:
    """Let the records of all tables be found as they are now."""
    try:
        reconcile()
    except DiskError:
        log.exception("Records are found as they were; the next sweep tries again")


def enqueue() -> None:
    """Queue a job unless one waits; where the queue is away, the sweep does it later."""
    try:
        if not is_waiting(index_records):
            tk.enqueue_job(
                index_records, title="Index records", rq_kwargs={"timeout": TIMEOUT}
            )
    except redis.RedisError as error:
        log.warning("Records wait for the queue to be back: %s", error)


def sweep() -> None:
    """Queue a job if the records that are found are not those that there are."""
    if differences():
        enqueue()
