"""A worker of the tests' own process, which does what waits and is gone."""

from __future__ import annotations

from rq import Queue, SimpleWorker


class _Worker(SimpleWorker):
    """Takes no orders while it works: RQ waits half a second for the end of their thread."""

    def subscribe(self) -> None:
        pass

    def unsubscribe(self) -> None:
        pass


def work_off(queue: Queue) -> None:
    """Do all jobs of a queue that wait, and those that these enqueue."""
    worker = _Worker([queue], connection=queue.connection)
    worker.work(burst=True, logging_level="WARNING")
