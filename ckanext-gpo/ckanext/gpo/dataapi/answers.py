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

from ckanext.gpo.common.language import is_english
from ckanext.gpo.common.outage import Outage
from ckanext.gpo.common.redis_client import quick_redis
from ckanext.gpo.common.sharing import Sharing

_outage = Outage(logging.getLogger(__name__), "Answers are not kept")

LIFE: Final = 86_400
"""Seconds for which an answer is kept."""
SLOTS: Final = 1_024
"""Answers that are kept at once: who asks ever new questions displaces others' answers, and
takes no more of the memory in which the jobs wait."""
MOST_BYTES: Final = 64 << 10

Answer = dict[str, Any]


_sharing: Sharing[Answer] = Sharing()


def keep(
    version_id: str, question: dict[str, Any], compute: Callable[[], Answer]
) -> Answer:
    """The answer to a question about a version, computed if it is not kept.

    Many who ask the same at once wait for one computation.

    :param question: all that the answer depends on beside the version
    """
    name = _name(version_id, question)
    answer = _read(name)
    if answer is not None:
        return answer
    # a refusal is shared as well, and speaks the reader's language
    shared = f"{name} {'en' if is_english() else 'zh'}"
    return _sharing.get(shared, lambda: _computed(name, compute))


def _computed(name: str, compute: Callable[[], Answer]) -> Answer:
    answer = compute()
    text = simplejson.dumps(answer, use_decimal=True).encode()
    if len(text) <= MOST_BYTES:
        try:
            quick_redis().set(_slot(name), name.encode() + b"\n" + text, ex=LIFE)
        except redis.RedisError as error:
            _outage.begin(error)
    return answer


def _read(name: str) -> Answer | None:
    try:
        content: Any = quick_redis().get(_slot(name)) or b""
    except redis.RedisError as error:
        _outage.begin(error)
        return None
    _outage.end()
    kept_name, _, text = content.partition(b"\n")
    if kept_name != name.encode():
        return None
    return simplejson.loads(text, use_decimal=True)


def _slot(name: str) -> str:
    return f"gpo:{tk.config['ckan.site_id']}:answer:{int(name[:8], 16) % SLOTS}"


def _name(version_id: str, question: dict[str, Any]) -> str:
    text = simplejson.dumps([version_id, question], sort_keys=True, default=str)
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()
