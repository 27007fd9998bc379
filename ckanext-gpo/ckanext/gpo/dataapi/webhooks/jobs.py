"""What the background worker does for webhooks. A job may run twice, beside another."""

from __future__ import annotations

import logging

import ckan.plugins.toolkit as tk
from ckan import model

from ckanext.gpo.common.job_queue import is_waiting

from . import sending, upkeep

log = logging.getLogger(__name__)

TITLE = "Send webhooks"

BUSY_SECONDS = 120
"""After so long a job begins no other message; what it leaves is due at the next sweep."""


def send_messages() -> None:
    """Send what is due."""
    if count := sending.send_due(BUSY_SECONDS):
        log.info("%s messages of webhooks sent", count)


def enqueue() -> None:
    """Queue a job, unless one waits already.

    :raises redis.RedisError: the queue is away
    """
    if not is_waiting(send_messages):
        tk.enqueue_job(send_messages, title=TITLE)


def sweep() -> None:
    """Queue a job if anything is due; erase what is old, and what closed accounts had.

    :raises redis.RedisError: the queue is away
    """
    upkeep.erase_old()
    model.Session.commit()
    if sending.is_due():
        enqueue()
