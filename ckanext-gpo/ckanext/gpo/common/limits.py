"""How often something may be tried, counted in Redis for all processes of the site.

While Redis is away each process counts by itself: a guesser gains a few tries, and nobody
is locked out because a server is.
"""

from __future__ import annotations

import hashlib
import logging
import time
from collections.abc import Callable
from functools import cache
from typing import TypeVar

from limits import RateLimitItem
from limits.errors import StorageError
from limits.storage import MemoryStorage, StorageTypes, storage_from_string
from limits.strategies import MovingWindowRateLimiter, RateLimiter

import ckan.plugins.toolkit as tk

from .redis_client import TIMEOUT

log = logging.getLogger(__name__)

T = TypeVar("T")


def retry_after(limit: RateLimitItem, *key: str) -> int:
    """Seconds until the next try is allowed; 0 if it is allowed now."""
    digest = hashed(key)

    def wait(limiter: RateLimiter) -> int:
        if limiter.test(limit, digest):
            return 0
        reset = limiter.get_window_stats(limit, digest).reset_time
        return max(1, round(reset - time.time()))

    return _with_limiter(wait)


def count(limit: RateLimitItem, *key: str) -> bool:
    """Count a try; false if it was one too many."""
    digest = hashed(key)
    return _with_limiter(lambda limiter: limiter.hit(limit, digest))


def forget(limit: RateLimitItem, *key: str) -> None:
    """Start anew, as after the right password."""
    digest = hashed(key)
    _with_limiter(lambda limiter: limiter.clear(limit, digest))


def hashed(key: tuple[str, ...]) -> str:
    """Names and addresses are not left lying about in Redis, nor is their length a cost."""
    return hashlib.sha256("\0".join(key).encode("utf-8", "replace")).hexdigest()


def _with_limiter(use: Callable[[RateLimiter], T]) -> T:
    try:
        return use(_shared(tk.config["ckan.redis.url"]))
    except StorageError as error:
        log.warning("Tries are counted in this process only: %s", error)
        return use(_local())


@cache
def redis_storage(redis_url: str) -> StorageTypes:
    """Where counts stand; `StorageError` is raised by what it is asked while it is away."""
    return storage_from_string(
        redis_url,
        wrap_exceptions=True,
        key_prefix="gpo-limits",
        socket_connect_timeout=TIMEOUT,
        socket_timeout=TIMEOUT,
        retry=None,  # pyright: ignore[reportArgumentType] - Redis takes it
    )


@cache
def _shared(redis_url: str) -> RateLimiter:
    return MovingWindowRateLimiter(redis_storage(redis_url))


@cache
def _local() -> RateLimiter:
    return MovingWindowRateLimiter(MemoryStorage())
