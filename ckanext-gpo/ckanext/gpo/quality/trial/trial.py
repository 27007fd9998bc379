"""A trial's way: begun with a file, checked by a worker, found by its id, forgotten."""

from __future__ import annotations

import hashlib
import secrets
import time
from collections.abc import Generator
from contextlib import contextmanager
from dataclasses import dataclass
from enum import Enum
from typing import IO, Any

import redis
from rq import Queue
from rq.exceptions import NoSuchJobError
from rq.job import Job, JobStatus

import ckan.plugins.toolkit as tk
from ckan.lib.jobs import get_queue

from ckanext.gpo.quality import config

from . import files, jobs

QUEUE = "gpo-trials"

LIFETIME = 3600
"""Seconds for which a report can be read, and a trial that nobody checks is kept."""

MOST_KEPT = 200
"""Reports that are kept at once, which bounds what they take of Redis."""

HOURLY = 60
"""Trials of one client that wait or are kept."""

_PREFIX = "trial-"


class State(str, Enum):
    """Where a trial stands."""

    WAITING = "waiting"
    CHECKING = "checking"
    CHECKED = "checked"
    FAILED = "failed"

    @property
    def ended(self) -> bool:
        """Nothing more becomes of it."""
        return self in (State.CHECKED, State.FAILED)


_STATES = {
    JobStatus.CREATED: State.WAITING,
    JobStatus.QUEUED: State.WAITING,
    JobStatus.STARTED: State.CHECKING,
    JobStatus.FINISHED: State.CHECKED,
}


@dataclass(frozen=True)
class Trial:
    """A file that somebody tries; `report` once it is checked."""

    id: str
    table_ref: str
    file_name: str
    state: State
    report: dict[str, Any] | None


class TrialError(Exception):
    """Why there is no trial now: `code` is one of

    - `trials-too-many`: too many are open, of all clients
    - `trials-of-client`: too many are open of this one
    - `trials-away`: the queue is away
    """

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


def begin(table_ref: str, file_name: str, stream: IO[bytes], client: str) -> Trial:
    """Let a worker check a file.

    :param client: who tries it; kept as a hash, to tell how many trials of theirs are open
    :raises TrialError: too many are open, or the queue is away
    """
    client = hashlib.sha256(client.encode()).hexdigest()
    with _queue() as queue:
        _require_room(queue, client)
    id_ = f"{int(time.time())}-{secrets.token_urlsafe(24)}"
    facts = {"table_ref": table_ref, "file_name": file_name, "client": client}
    files.save(id_, stream)
    try:
        with _queue():
            tk.enqueue_job(
                jobs.check,
                [id_, table_ref],
                title="trial",
                queue=QUEUE,
                rq_kwargs={
                    "job_id": _PREFIX + id_,
                    "meta": facts,
                    "timeout": 2 * config.max_trial_time(),
                    "ttl": LIFETIME,
                    "result_ttl": LIFETIME,
                    "failure_ttl": LIFETIME,
                },
            )
    except BaseException:
        files.remove(id_)
        raise
    return Trial(id_, table_ref, file_name, State.WAITING, None)


def find(id_: str) -> Trial | None:
    """The trial of an id; None if there is none, or none any more.

    :raises TrialError: the queue is away
    """
    with _queue() as queue:
        try:
            job = Job.fetch(_PREFIX + id_, connection=queue.connection)
        except (NoSuchJobError, ValueError):  # the latter: no id that RQ would give
            return None
        status, report = job.get_status(), job.return_value()
    return Trial(
        id_,
        job.meta["table_ref"],
        job.meta["file_name"],
        _STATES.get(status, State.FAILED),
        report,
    )


def sweep() -> None:
    """Remove the files of trials that are forgotten and that nobody has checked."""
    for id_ in files.ids():
        begun = id_.partition("-")[0]
        if begun.isdigit() and int(begun) + LIFETIME < time.time():
            files.remove(id_)


@contextmanager
def _queue() -> Generator[Queue]:
    try:
        yield get_queue(QUEUE)
    except redis.RedisError as err:
        raise TrialError("trials-away") from err


def _require_room(queue: Queue, client: str) -> None:
    waiting = [*queue.get_job_ids(), *queue.started_job_registry.get_job_ids()]
    finished = queue.finished_job_registry.get_job_ids()
    if len(waiting) >= config.max_trials() or len(finished) >= MOST_KEPT:
        raise TrialError("trials-too-many")
    trials = Job.fetch_many([*waiting, *finished], connection=queue.connection)
    own = {job.id for job in trials if job and job.meta["client"] == client}
    if len(own) >= HOURLY or len(own & {*waiting}) >= config.max_client_trials():
        raise TrialError("trials-of-client")
