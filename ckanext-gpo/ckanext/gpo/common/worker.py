"""CKAN's job worker with a clock: what is committed is taken up, whatever becomes of Redis.

RQ's scheduler, which runs failed jobs again, is a process that ends when Redis does not
answer. RQ looks for it, and starts it anew, among the tasks of its maintenance; here they
come every minute, and with them those of all rooms.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NoReturn

import rq
from rq import Queue
from rq.job import Job

from ckan import model
from ckan.lib import app_globals
from ckan.lib.jobs import DEFAULT_QUEUE_NAME
from ckan.lib.jobs import Worker as CkanWorker

from .sweeps import sweep_all

SWEEP_SECONDS = 60
"""How long what no queue knows of stays lying at most, while workers are idle."""

_MARGIN = 15
"""Seconds by which RQ waits shorter for a job than a worker is taken to be alive."""


class Worker(CkanWorker):
    """Works off CKAN's queue, then those of rooms in their order, and sweeps, see `sweeps`."""

    def __init__(self, queues: Sequence[str]) -> None:
        super().__init__(
            [DEFAULT_QUEUE_NAME, *queues],
            maintenance_interval=SWEEP_SECONDS,
            worker_ttl=SWEEP_SECONDS + _MARGIN,
        )

    def main_work_horse(self, job: Job, queue: Queue) -> NoReturn:
        """Do a job in the process forked for it.

        CKAN loads all plugins once more here, which takes longer than most jobs and
        brings nothing: the process that was forked from has loaded them.
        """
        app_globals.reset()  # what administrators have set since
        model.Session.remove()
        rq.Worker.main_work_horse(self, job, queue)

    def run_maintenance_tasks(self) -> None:
        super().run_maintenance_tasks()
        sweep_all()
