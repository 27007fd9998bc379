"""Counts calls in Redis, for all processes of the site."""

from __future__ import annotations

import logging
import math
import time
from functools import cache

from limits import RateLimitItem
from limits.errors import StorageError
from limits.strategies import SlidingWindowCounterRateLimiter

import ckan.plugins.toolkit as tk

from ckanext.gpo.common.limits import hashed, redis_storage
from ckanext.gpo.common.outage import Outage

from .budget import Budget

_outage = Outage(logging.getLogger(__name__), "Calls of the API are not limited")


def spend(policy: str, limit: RateLimitItem, client: str) -> Budget | None:
    """Count a call of a client; None while Redis is away, and everybody may call."""
    limiter, key = _limiter(tk.config["ckan.redis.url"]), hashed((policy, client))
    try:
        is_granted = limiter.hit(limit, key)
        stats = limiter.get_window_stats(limit, key)
    except StorageError as error:
        _outage.begin(error)
        return None
    _outage.end()
    return Budget(
        policy=policy,
        quota=limit.amount,
        window=limit.get_expiry(),
        remaining=max(0, stats.remaining),
        reset=max(1, math.ceil(stats.reset_time - time.time())),
        is_exceeded=not is_granted,
    )


@cache
def _limiter(redis_url: str) -> SlidingWindowCounterRateLimiter:
    return SlidingWindowCounterRateLimiter(redis_storage(redis_url))
