"""A job is queued right after an event is committed, and by the sweep if that was lost."""

from __future__ import annotations

from typing import Any

import pytest
import redis

import ckan.plugins.toolkit as tk
from ckan.lib.jobs import get_queue
from ckan.lib.redis import connect_to_redis

from ckanext.gpo.common.news import jobs, walk

from .conftest import Reader, happen

pytestmark = pytest.mark.usefixtures("clean_queues")


@pytest.fixture(autouse=True)
def nothing_waits() -> None:
    connect_to_redis().delete(jobs._WAITING)


def _queued() -> int:
    name = f"{jobs.tell_news.__module__}.{jobs.tell_news.__name__}"
    return sum(job.func_name == name for job in get_queue().get_jobs())


def test_one_job_waits_however_much_happens(reader: Reader):
    happen("a")
    happen("b")
    jobs.sweep()

    assert _queued() == 1


def test_a_job_begins_another_may_wait(reader: Reader):
    happen("a")
    jobs.tell_news()
    happen("b")

    assert _queued() == 2
    assert reader.texts == ["a"]


def test_the_sweep_takes_up_what_the_queue_lost(reader: Reader):
    happen("a")
    get_queue().empty()
    connect_to_redis().delete(jobs._WAITING)
    jobs.sweep()
    assert _queued() == 1

    walk.walk(10)
    get_queue().empty()
    connect_to_redis().delete(jobs._WAITING)
    jobs.sweep()
    assert _queued() == 0


def test_a_commit_does_not_fail_with_the_queue(
    reader: Reader, monkeypatch: pytest.MonkeyPatch
):
    def away(*_: Any, **__: Any) -> None:
        raise redis.ConnectionError

    monkeypatch.setattr(tk, "enqueue_job", away)
    happen("a")
    walk.walk(10)

    assert reader.texts == ["a"]
