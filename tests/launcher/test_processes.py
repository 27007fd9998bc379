"""The processes of a site, found among real ones."""

from __future__ import annotations

import os
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from launcher import processes, waiting

MARK = "GPO_SITE"


@contextmanager
def running(command: str, **options) -> Iterator[subprocess.Popen[bytes]]:
    process = subprocess.Popen(["/bin/sh", "-c", command], **options)
    try:
        yield process
    finally:
        processes.end(processes.family(process.pid))
        process.wait()


def test_a_process_is_found_by_its_mark_or_by_where_it_works(tmp_path: Path):
    other = tmp_path / "other"
    other.mkdir()
    marked = {**os.environ, MARK: str(tmp_path / "var")}
    (tmp_path / "var").mkdir()
    with (
        running("exec sleep 600", env=marked) as by_mark,
        running("exec sleep 600", cwd=tmp_path / "var") as by_place,
        running("exec sleep 600", cwd=other),
    ):
        found = processes.site_processes(tmp_path / "var", MARK)

        assert found == {by_mark.pid, by_place.pid}


def test_a_family_is_ended_even_if_it_does_not_want_to(tmp_path: Path):
    ready = tmp_path / "ready"
    stubborn = f'trap "" TERM; sleep 600 & touch {ready}; wait'
    with running(stubborn) as process:
        waiting.until(ready.exists, seconds=10, check=lambda: None)
        family = processes.family(process.pid)
        assert len(family) == 2

        assert processes.end(family, patience=1) == set()
        assert not any(map(processes.is_alive, family))


def test_memory_of_a_running_process_is_counted_and_of_an_ended_one_is_not():
    with running("exec sleep 600") as process:
        held = processes.memory([process.pid])
        assert 0 < held.share <= held.resident

        processes.end({process.pid})

        assert processes.memory([process.pid]) == processes.Memory()


def test_the_age_of_a_process_outlives_an_exec():
    with running("sleep 0.2; exec sleep 600") as process:
        young = processes.age(process.pid)

        assert 0 <= young < processes.age(os.getpid())
