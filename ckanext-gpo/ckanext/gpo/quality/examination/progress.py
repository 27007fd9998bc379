"""How far the check of a version is: kept in Redis for a moment, for whoever looks on.

It is never more than a courtesy: with Redis away nothing is kept, and the state of the
version, in the database, is all that is told.
"""

from __future__ import annotations

import json
import logging
import time
from collections.abc import Callable
from dataclasses import asdict, dataclass

import redis

import ckan.plugins.toolkit as tk
from ckan.lib.redis import connect_to_redis

from ckanext.gpo.quality.workflow import State

log = logging.getLogger(__name__)

PAUSE = 0.5
"""Seconds from one writing to the next at least, within a stage."""

LIFE = 600
"""Seconds for which the last word counts: a check may be silent for as long."""

WAITING, READING, CHECKING, PUBLISHING = "waiting", "reading", "checking", "publishing"

STAGES = (WAITING, READING, CHECKING, PUBLISHING)
"""In their order."""

STAGE_BY_STATE = {
    State.RECEIVED: WAITING,
    State.CHECKING: CHECKING,
    State.PASSED: PUBLISHING,
}
"""What a version is at as far as its state tells, until its check has ended."""


@dataclass(frozen=True)
class Progress:
    """What a check is at: `rows` are done, of `total`, which is a `share` of the whole.

    0 where it is not known.
    """

    stage: str
    rows: int = 0
    total: int = 0
    share: float = 0.0


OnProgress = Callable[[Progress], None]


class ProgressNote:
    """Notes the progress of one version, at most once in a `PAUSE`."""

    def __init__(
        self, version_id: str, clock: Callable[[], float] = time.monotonic
    ) -> None:
        self._key = _key(version_id)
        self._clock = clock
        self._stage = ""
        self._next = 0.0

    def __call__(self, progress: Progress) -> None:
        moment = self._clock()
        if progress.stage == self._stage and moment < self._next:
            return
        self._stage, self._next = progress.stage, moment + PAUSE
        try:
            connect_to_redis().set(self._key, json.dumps(asdict(progress)), ex=LIFE)
        except redis.RedisError as err:
            self._next = float("inf")
            log.warning("Nobody is told how far a check is: %s", err)


def read(version_id: str) -> Progress | None:
    """How far the check of a version is; None if nobody knows."""
    try:
        text = connect_to_redis().get(_key(version_id))
    except redis.RedisError:
        return None
    return Progress(**json.loads(text)) if text else None  # pyright: ignore


def _key(version_id: str) -> str:
    return f"gpo:{tk.config['ckan.site_id']}:progress:{version_id}"
