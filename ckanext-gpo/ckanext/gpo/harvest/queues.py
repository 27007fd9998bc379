"""The two queues that ckanext-harvest keeps in Redis, and what is lost from them.

A message is only a reminder; what is to be done stands in the database. As one consumer
works at a time (see `lock`), whatever is unfinished between two messages and not in a
queue was lost, by a crash or with Redis itself, and is put back from there.
"""

from __future__ import annotations

import json
import logging
from collections.abc import Callable, Iterable
from dataclasses import dataclass

import redis

from ckan import model

from ckanext.harvest import queue
from ckanext.harvest.model import HarvestJob, HarvestObject

log = logging.getLogger(__name__)

_END_STATES = ("COMPLETE", "ERROR")


@dataclass(frozen=True)
class Message:
    """One message: a job to gather or an object to fetch and import."""

    key: str
    body: str

    @property
    def id(self) -> str:
        return next(iter(json.loads(self.body).values()))


class Queues:
    """Both queues; fetching goes before gathering, so that begun jobs end first."""

    def __init__(self) -> None:
        # Plain LPOP: nothing waits inside Redis, so that its client's read timeout,
        # which ends ckanext-harvest's own consumers after 5 s, does not matter here.
        self.redis: redis.Redis = queue.get_connection_redis()
        self.fetch = queue.get_fetch_routing_key()
        self.gather = queue.get_gather_routing_key()

    def take(self) -> Message | None:
        """The next message, None if there is nothing to do."""
        for key in (self.fetch, self.gather):
            body = self.redis.lpop(key)
            if body is not None:
                return Message(key, str(body))
        return None

    def put_back(self, message: Message) -> None:
        """Make it the next one again."""
        self.redis.lpush(message.key, message.body)

    def restore(self) -> int:
        """Put back what is unfinished and in no queue; only between two messages.

        :returns: how many messages were missing
        """
        jobs = model.Session.query(HarvestJob).filter_by(
            status="Running", gather_finished=None
        )
        lost_jobs = self._orphans(
            self.gather, "harvest_job_id", (job.id for job in jobs)
        )
        for job_id in lost_jobs:
            # A gathering that broke off begins anew, without the objects it had made.
            model.Session.query(HarvestObject).filter_by(harvest_job_id=job_id).delete()
        objects = (
            model.Session.query(HarvestObject)
            .join(HarvestJob, HarvestObject.harvest_job_id == HarvestJob.id)
            .filter(
                HarvestJob.status == "Running",
                HarvestJob.gather_finished.isnot(None),
                HarvestObject.state.notin_(_END_STATES),
            )
        )
        for each in objects:
            each.state = "WAITING"
        orphans = self._orphans(
            self.fetch, "harvest_object_id", (each.id for each in objects)
        )
        model.Session.commit()
        self._push(self.gather, "harvest_job_id", lost_jobs)
        self._push(self.fetch, "harvest_object_id", orphans)
        return len(lost_jobs) + len(orphans)

    def _orphans(self, key: str, name: str, ids: Iterable[str]) -> list[str]:
        queued = {json.loads(body)[name] for body in self.redis.lrange(key, 0, -1)}
        return [each for each in ids if each not in queued]

    def _push(self, key: str, name: str, ids: Iterable[str]) -> None:
        for each in ids:
            log.info("Put back into its queue: %s %s", name, each)
            self.redis.rpush(key, json.dumps({name: each}))


class Receipt:
    """The channel that ckanext-harvest's callbacks acknowledge to."""

    acknowledged = False

    def basic_ack(self, _tag: str) -> None:
        self.acknowledged = True


def deliver(message: Message, key_of_gather: str) -> bool:
    """Have ckanext-harvest work on a message.

    :returns: whether it is done with; otherwise it has to be tried again
    """
    callback: Callable[..., object] = (
        queue.gather_callback if message.key == key_of_gather else queue.fetch_callback
    )
    receipt = Receipt()
    callback(receipt, queue.FakeMethod(message.body), None, message.body)
    return receipt.acknowledged
