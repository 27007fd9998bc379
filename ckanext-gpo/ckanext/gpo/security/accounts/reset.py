"""Requests to reset a password: one answer and one cost, whether the account exists or not.

The mails are sent by a job, so neither how long it takes nor a mail server that fails
says anything to whoever asks.
"""

from __future__ import annotations

import logging

import redis

import ckan.plugins.toolkit as tk

from . import jobs

log = logging.getLogger(__name__)

LONGEST = 254
"""Characters of an e-mail address at most, or of what is taken for one."""


def request_links(text: str) -> bool:
    """Have links sent to the accounts of a name or an e-mail address.

    :returns: false if nothing can be sent for the moment
    """
    try:
        tk.enqueue_job(
            jobs.send_links, [text[:LONGEST]], title="Send password reset links"
        )
    except redis.RedisError as error:
        log.warning("No password can be reset, Redis does not answer: %s", error)
        return False
    return True
