"""What one check may take: time and memory, held inside the worker's own process.

RQ has an alarm for every job, but what that raises is an `Exception`, and DuckDB turns it
into another one: either could end as a finding about the data. Here the alarm is answered
in a way that nothing takes for one. RQ's remains for what stands before the check.

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
def held(seconds: int, memory: int) -> Iterator[None]:
    """Hold the block to a time and to an amount of memory.

    Only a process's main thread can have an alarm; in any other there is no time limit.

    After the block there is no alarm any more, RQ's neither: what follows is short and
    must not be cut in two.

    :param memory: bytes that the process may have
    :raises CandidateError: `check-too-slow`, `check-too-large`
    """
    clock = _Clock()
    try:
        with _memory(memory):
            clock.start(seconds)
            try:
                yield
            finally:
                clock.stop()
        clock.require_time()
    except (MemoryError, duckdb.OutOfMemoryException):
        # Without the cause: its frames hold what was too large.
        raise CandidateError(
            "check-too-large", f"The check takes more than {memory >> 20} MiB"
        ) from None
    except BaseException:
        clock.stop()  # the alarm may have gone off in the middle of stopping it
        clock.require_time()
        raise


class _Clock:
    """An alarm, and whether it has gone off."""

    def __init__(self) -> None:
        self._running = False
        self._struck = False
        self._before = signal.getsignal(signal.SIGALRM)

    def start(self, seconds: int) -> None:
        self._running = threading.current_thread() is threading.main_thread()
        if not self._running:
            return
        signal.signal(signal.SIGALRM, self._strike)
        signal.alarm(seconds)

    def stop(self) -> None:
        if threading.current_thread() is not threading.main_thread():
            return
        self._running = False
        signal.alarm(0)
        signal.signal(signal.SIGALRM, self._before)

    def require_time(self) -> None:
        if self._struck:
            raise CandidateError("check-too-slow", "The check takes too long") from None

    def _strike(self, number: int, frame: FrameType | None) -> None:
        if self._running:
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
