"""Answers about versions, kept in Redis: a version never changes, so its answers do not.

Who may read is not asked here: whoever calls has asked it, each time.
"""

from __future__ import annotations

import hashlib
import logging
from collections.abc import Callable
from typing import Any, Final

import redis
import simplejson

import ckan.plugins.toolkit as tk
from ckan.lib.redis import connect_to_redis

log = logging.getLogger(__name__)

LIFE: Final = 86_400
"""Seconds for which an answer is kept."""
SLOTS: Final = 1_024
"""Answers that are kept at once: who asks ever new questions displaces others' answers, and
takes no more of the memory in which the jobs wait."""
MOST_BYTES: Final = 64 << 10

Answer = dict[str, Any]


def keep(
    version_id: str, question: dict[str, Any], compute: Callable[[], Answer]
) -> Answer:
    """The answer to a question about a version, computed if it is not kept.

    :param question: all that the answer depends on beside the version
    """
    name = _name(version_id, question)
    slot = f"gpo:{tk.config['ckan.site_id']}:answer:{int(name[:8], 16) % SLOTS}"
    try:
        content: Any = connect_to_redis().get(slot) or b""
    except redis.RedisError:
        return compute()
    kept_name, _, text = content.partition(b"\n")
    if kept_name == name.encode():
        return simplejson.loads(text, use_decimal=True)
    answer = compute()
    text = simplejson.dumps(answer, use_decimal=True).encode()
    if len(text) <= MOST_BYTES:
        try:
            connect_to_redis().set(slot, name.encode() + b"\n" + text, ex=LIFE)
        except redis.RedisError as err:
            log.warning("An answer is not kept: %s", err)
    return answer


def _name(version_id: str, question: dict[str, Any]) -> str:
    text = simplejson.dumps([version_id, question], sort_keys=True, default=str)
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()
