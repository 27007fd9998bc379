"""What the background worker does for notices. A job may run twice, beside another."""

from __future__ import annotations

import logging

import ckan.plugins.toolkit as tk

from ckanext.gpo.common.job_queue import is_waiting

from . import claims, sending
from .model import now

log = logging.getLogger(__name__)

TITLE = "Send notices"

BUSY_SECONDS = 120
"""After so long a job begins no other mail; what it leaves is due at the next sweep."""


def send_notices() -> None:
    """Send the mails that are due, and close what a job before left behind."""
    claims.close_interrupted(now())
    if count := sending.send_due(BUSY_SECONDS):
        log.info("%s mails sent", count)


def sweep() -> None:
    """Queue a job if anything is due, unless one waits already.

    :raises redis.RedisError: the queue is away
    """
    if sending.is_due(now()) and not is_waiting(send_notices):
        limit = {"timeout": int(claims.LEASE.total_seconds())}
        tk.enqueue_job(send_notices, title=TITLE, rq_kwargs=limit)
