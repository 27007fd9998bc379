"""Redis, for what a request can do without: nobody waits for it longer than a moment."""

from __future__ import annotations

from functools import cache

import redis

import ckan.plugins.toolkit as tk

TIMEOUT = 1.0
"""Seconds that Redis may take before it counts as away."""


def quick_redis() -> redis.Redis:
    """The Redis that CKAN is configured with; it is tried once."""
    return _connected(tk.config["ckan.redis.url"])


@cache
def _connected(redis_url: str) -> redis.Redis:
    return redis.Redis.from_url(
        redis_url, socket_connect_timeout=TIMEOUT, socket_timeout=TIMEOUT, retry=None
    )
