"""What has been counted and is not in the database yet: one hash in Redis, use → count."""

from __future__ import annotations

import logging
from typing import cast

import redis

import ckan.plugins.toolkit as tk

from ckanext.gpo.common.outage import Outage
from ckanext.gpo.common.redis_client import quick_redis

from .use import Use

_outage = Outage(logging.getLogger(__name__), "Uses of data are not counted")


def add(use: Use) -> None:
    """Count a use; while Redis is away it is not counted, and nobody waits for that."""
    try:
        quick_redis().hincrby(_name("counted"), str(use), 1)
    except redis.RedisError as error:
        _outage.begin(error)
    else:
        _outage.end()


def take() -> dict[Use, int]:
    """What has been counted: the same again until `drop`, whatever is counted meanwhile.

    :raises redis.RedisError: Redis is away
    """
    client = quick_redis()
    # Redis refuses to rename what is not there
    if client.exists(_name("counted")):
        client.renamenx(_name("counted"), _name("taken"))
    counts = cast("dict[bytes, bytes]", client.hgetall(_name("taken")))
    return {Use.parse(use.decode()): int(count) for use, count in counts.items()}


def drop() -> None:
    """Forget what was taken: it is in the database.

    :raises redis.RedisError: Redis is away
    """
    quick_redis().delete(_name("taken"))


def _name(part: str) -> str:
    return f"gpo:{tk.config['ckan.site_id']}:usage:{part}"
