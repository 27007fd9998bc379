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
from collections.abc import Callable
from types import FrameType
from typing import TypeVar

import duckdb

from ckanext.gpo.common import duck
from ckanext.gpo.common.errors import CandidateError

T = TypeVar("T")

_AGAIN = 5
"""Seconds from one alarm to the next, for whoever has survived it."""


class _Alarm(BaseException):
    """Time is up; not an `Exception`, so that nobody takes it for a fault of the data."""


def run(work: Callable[[], T], *, seconds: int, memory: int) -> T:
    """Do some work within a time and an amount of memory; returns what it returns.

    Afterwards there is no alarm any more, RQ's neither: what follows is short and must
    not be cut in two. Only a process's main thread can have an alarm; in any other there
    is no time limit.

    :param memory: bytes that the process may have
    :raises CandidateError: `check-too-slow`, `check-too-large`
    """
    # No context manager: the alarm may go off on the way into its `__exit__`.
    limits = _Limits(seconds, memory)
    try:
        try:
            limits.set()
            result = work()
        finally:
            limits.lift()
        limits.require_time()  # who has survived the alarm is not to be trusted
    except BaseException as err:
        limits.lift()  # the alarm may have gone off in the middle of it
        limits.require_time()
        if isinstance(err, MemoryError | duckdb.OutOfMemoryException):
            # Without the cause: its frames hold what was too large.
            raise CandidateError(
                "check-too-large", f"The check takes more than {memory >> 20} MiB"
            ) from None
        raise
    return result


class _Limits:
    """An alarm, whether it has gone off, and a bound of memory."""

    def __init__(self, seconds: int, memory: int) -> None:
        self._struck = False
        self._seconds, self._allowed = seconds, memory
        self._in_main = threading.current_thread() is threading.main_thread()
        self._finished = threading.Event()
        self._alarm = signal.getsignal(signal.SIGALRM)
        self._memory = resource.getrlimit(resource.RLIMIT_DATA)

    def set(self) -> None:
        hard, allowed = self._memory[1], self._allowed
        if hard != resource.RLIM_INFINITY:
            allowed = min(allowed, hard)
        if self._in_main:
            threading.Thread(target=self._watch, daemon=True).start()
            signal.signal(signal.SIGALRM, self._strike)
            signal.alarm(self._seconds)
        resource.setrlimit(resource.RLIMIT_DATA, (allowed, hard))

    def lift(self) -> None:
        """Take the limits away; may be called twice."""
        self._finished.set()
        resource.setrlimit(resource.RLIMIT_DATA, self._memory)
        if self._in_main:
            signal.alarm(0)
            signal.signal(signal.SIGALRM, self._alarm)

    def require_time(self) -> None:
        if self._struck:
            raise CandidateError(
                "check-too-slow", f"The check takes more than {self._seconds} seconds"
            ) from None

    def _strike(self, number: int, frame: FrameType | None) -> None:
        if not self._finished.is_set():
            self._struck = True
            signal.alarm(_AGAIN)
            raise _Alarm

    def _watch(self) -> None:
        # The alarm waits until Python has its turn, and inside DuckDB that may be never.
        pause = self._seconds
        while not self._finished.wait(pause):
            duck.interrupt()
            pause = _AGAIN
