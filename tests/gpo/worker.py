"""A worker of the tests' own process, which does what waits and is gone."""

from __future__ import annotations

import traceback
from typing import Any

from rq import Queue, SimpleWorker
from rq.job import Job


class _Worker(SimpleWorker):
    """Takes no orders while it works: RQ waits half a second for the end of their thread."""

    errors: list[str]

    def subscribe(self) -> None:
        pass

    def unsubscribe(self) -> None:
        pass

    def handle_exception(self, job: Job, *exc_info: Any) -> None:
        # RQ keeps none of a job that it will run again
        self.errors.append("".join(traceback.format_exception(*exc_info)))
        super().handle_exception(job, *exc_info)


def work_off(queue: Queue) -> list[str]:
    """Do all jobs of a queue that wait, and those that these enqueue.

    :returns: what they raised, as text
    """
    worker = _Worker([queue], connection=queue.connection)
    worker.errors = []
    worker.work(burst=True, logging_level="WARNING")
    return worker.errors
