"""The process that gathers, fetches and hands over, one thing at a time.

ckanext-harvest wants two consumers and a clock beside them. This is all three in one
process, because each of them is a whole CKAN in memory. Every piece of work happens in a
request context of its own, so that messages come in the site's language and nothing of
one piece is left for the next.
"""

from __future__ import annotations

import logging
import time
from collections.abc import Callable

import redis
from flask import Flask

import ckan.plugins.toolkit as tk
from ckan import model

from ckanext.gpo.common.locks import ProcessLock
from ckanext.harvest.model import (
    HarvestGatherError,
    HarvestJob,
    HarvestObject,
    HarvestObjectError,
)

from . import config, handover, masking, pulse, stopping
from .candidate import SUFFIX
from .failures import HarvestError, Interrupted, explain
from .queues import Message, Queues, deliver

log = logging.getLogger(__name__)

_PAUSE = 1.0
_STAND_BY = 5.0


def consumer_lock() -> ProcessLock:
    """The right to work on the queues: one consumer at a time, another one stands by."""
    return ProcessLock("gpo_harvest", "consumer")


class Consumer:
    """Works until it is asked to stop.

    :param app: the Flask application, for the contexts
    :param lock: held by the caller
    """

    def __init__(self, app: Flask, lock: ProcessLock) -> None:
        self.app = app
        self.lock = lock
        self.queues = Queues()
        self.next_round = 0.0

    def run(
        self,
        until: Callable[[], bool] = lambda: False,
        watch: Callable[[], None] = lambda: None,
    ) -> None:
        """Work; ends with `stopping`, or when `until` holds while nothing is to do.

        :param watch: called after every piece of work
        :raises sqlalchemy.exc.DBAPIError: the database went away; start anew
        """
        self._empty_spool()
        worked = True
        while not stopping.is_requested():
            pulse.beat()
            due = time.monotonic() >= self.next_round
            if worked or due:
                self._close_jobs()
            if due:
                self._start_jobs()
            worked = self._work_off(watch)
            if not worked:
                if until():
                    return
                stopping.wait(_PAUSE)

    def _work_off(self, watch: Callable[[], None]) -> bool:
        """Take messages until there are none; True if there were any."""
        worked = False
        try:
            while not stopping.is_requested() and (message := self.queues.take()):
                worked = True
                self._deal_with(message)
                pulse.beat()
                watch()
                if time.monotonic() >= self.next_round:
                    return True
        except redis.RedisError as err:
            log.warning("Redis does not answer: %s", masking.mask(str(err)))
            stopping.wait(_PAUSE)
        return worked

    def _deal_with(self, message: Message) -> None:
        with self.app.test_request_context():
            try:
                if not deliver(message, self.queues.gather):
                    self.queues.put_back(message)
                    stopping.wait(_PAUSE)
            except Interrupted:
                self._give_back(message)
            except redis.RedisError:
                raise
            except Exception as err:  # noqa: BLE001 - the next message has its turn
                log.error("%s: %s", message.body, masking.traceback(err))  # noqa: TRY400
                self._record(message, err)
            finally:
                model.Session.remove()

    def _give_back(self, message: Message) -> None:
        """A table whose reading was broken off is read again from its start."""
        model.Session.rollback()
        broken_off = HarvestObject.get(message.id)
        if broken_off is None:
            return  # purged meanwhile
        broken_off.state = "WAITING"
        broken_off.retry_times -= 1
        broken_off.save()
        self.queues.put_back(message)
        log.info("Broken off and given back: %s", broken_off.guid)

    def _record(self, message: Message, err: Exception) -> None:
        model.Session.rollback()
        failure = HarvestError(
            "harvest-failed", place=message.id, reason=type(err).__name__
        )
        text = explain(failure, tk._)
        if message.key == self.queues.gather:
            job = HarvestJob.get(message.id)
            HarvestGatherError.create(message=text, job=job)
            return
        failed = HarvestObject.get(message.id)
        if failed is None:
            return  # purged meanwhile
        failed.state, failed.report_status = "ERROR", "errored"
        failed.save()
        HarvestObjectError.create(message=text, object=failed, stage="Import")

    def _close_jobs(self) -> None:
        """Close what is done, a source at a time: none keeps another from it."""
        running = model.Session.query(HarvestJob.source_id).filter_by(status="Running")
        sources = [source_id for (source_id,) in running.distinct()]
        model.Session.remove()
        for source_id in sources:
            self._jobs_run({"source_id": source_id})

    def _start_jobs(self) -> None:
        """Start what is due and put back what was lost."""
        self.lock.verify()
        self.next_round = time.monotonic() + config.schedule_interval()
        self._jobs_run({})
        try:
            self.queues.restore()
        except redis.RedisError as err:
            log.warning("Redis does not answer: %s", masking.mask(str(err)))
        finally:
            model.Session.remove()

    def _jobs_run(self, data: dict[str, str]) -> None:
        with self.app.test_request_context():
            try:
                tk.get_action("harvest_jobs_run")(handover.context(), data)
            except Exception as err:  # noqa: BLE001 - the other sources have their turn
                model.Session.rollback()
                log.error("harvest_jobs_run: %s", masking.traceback(err))  # noqa: TRY400
            finally:
                model.Session.remove()

    def _empty_spool(self) -> None:
        for path in config.spool().glob(f"*{SUFFIX}"):
            path.unlink()


def stand_by(lock: ProcessLock) -> bool:
    """Wait for the right to work; False if asked to stop before."""
    warned = False
    while not stopping.is_requested():
        pulse.beat()
        if lock.acquire():
            return True
        if not warned:
            log.info("Another consumer is at work; standing by")
            warned = True
        stopping.wait(_STAND_BY)
    return False


def work_or_watch(
    app: Flask, watch: Callable[[], None], ended: Callable[[], bool]
) -> None:
    """Watch the consumer at work, or be it if there is none, until it has ended."""
    lock = consumer_lock()
    while not stopping.is_requested():
        if lock.acquire():
            try:
                Consumer(app, lock).run(until=ended, watch=watch)
            finally:
                lock.release()
            return
        watch()
        if ended():
            return
        stopping.wait(_PAUSE)
