"""Which jobs wait for the background worker."""

from __future__ import annotations

from collections.abc import Callable

from rq.job import Job

from ckan.lib.jobs import DEFAULT_QUEUE_NAME, get_queue


def is_waiting(function: Callable[[], None]) -> bool:
    """Whether a job that calls the function waits in the default queue.

    :raises redis.RedisError: the queue is away
    """
    queue = get_queue(DEFAULT_QUEUE_NAME)
    jobs = Job.fetch_many(queue.get_job_ids(), connection=queue.connection)
    name = f"{function.__module__}.{function.__name__}"
    return any(job and job.func_name == name for job in jobs)
