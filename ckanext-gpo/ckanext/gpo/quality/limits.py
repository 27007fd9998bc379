"""What one check may take: time and memory, held inside the worker's own process.

Time comes from RQ, which sets an alarm for every job. What it would raise is an
`Exception`, and DuckDB turns that into another one, so either could end as a finding
about the data; here the alarm is answered in a way that nothing takes for one.

Memory is the process's own data (`RLIMIT_DATA`: heap and private writable mappings, which
is what Python, numpy and DuckDB allocate; files mapped to be read do not count).
"""

from __future__ import annotations

import resource
import signal
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from types import FrameType

import duckdb

from ckanext.gpo.common.errors import CandidateError

_AGAIN = 5
"""Seconds from one alarm to the next, for whoever has survived it."""


class _Alarm(BaseException):
    """Time is up; not an `Exception`, so that nobody takes it for a fault of the data."""


@contextmanager
def held(memory: int) -> Iterator[None]:
    """Hold the block to RQ's alarm and to an amount of memory.

    After the block there is no alarm any more: what follows is short and must not be cut
    in two.

    :param memory: bytes that the process may have
    :raises CandidateError: `check-too-slow`, `check-too-large`
    """
    clock = _Clock()
    try:
        with _memory(memory), clock.running():
            yield
        clock.require_time()
    except (MemoryError, duckdb.OutOfMemoryException):
        # Without the cause: its frames hold what was too large.
        raise CandidateError(
            "check-too-large", f"The check takes more than {memory >> 20} MiB"
        ) from None
    except BaseException:
        clock.require_time()
        raise


class _Clock:
    """Whether the alarm has gone off while it was ours."""

    def __init__(self) -> None:
        self._struck = False

    @contextmanager
    def running(self) -> Iterator[None]:
        if threading.current_thread() is not threading.main_thread():
            yield  # no alarm can be set there
            return
        before = signal.signal(signal.SIGALRM, self._strike)
        try:
            yield
        finally:
            signal.alarm(0)
            signal.signal(signal.SIGALRM, before)

    def require_time(self) -> None:
        if self._struck:
            raise CandidateError("check-too-slow", "The check takes too long") from None

    def _strike(self, number: int, frame: FrameType | None) -> None:
        self._struck = True
        signal.alarm(_AGAIN)
        raise _Alarm


@contextmanager
def _memory(amount: int) -> Iterator[None]:
    soft, hard = resource.getrlimit(resource.RLIMIT_DATA)
    allowed = amount if hard == resource.RLIM_INFINITY else min(amount, hard)
    resource.setrlimit(resource.RLIMIT_DATA, (allowed, hard))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_DATA, (soft, hard))
