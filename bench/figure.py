"""What a benchmark yields, and how its time and memory are taken."""

from __future__ import annotations

import multiprocessing
import os
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeVar


@dataclass(frozen=True)
class Figure:
    """One line of output; `ratio` is how many times better than the peer, if there is one."""

    name: str
    value: float
    unit: str
    peer: str | None = None
    peer_value: float | None = None
    ratio: float | None = None
    n: int | None = None

    @classmethod
    def from_times(
        cls, name: str, seconds: float, peer: str, peer_seconds: float, n: int
    ) -> Figure:
        ratio = round(peer_seconds / seconds, 2)
        return cls(name, round(seconds, 3), "s", peer, round(peer_seconds, 3), ratio, n)


class Stopwatch:
    """The seconds that a block took, and those that this process computed in it."""

    seconds: float
    computing: float

    def __enter__(self) -> Stopwatch:
        self._start, self._begin = time.perf_counter(), time.process_time()
        return self

    def __exit__(self, *_: object) -> None:
        self.seconds = time.perf_counter() - self._start
        self.computing = time.process_time() - self._begin


Result = TypeVar("Result")


def alone(function: Callable[..., Result], *arguments: Any) -> Result:
    """What a function returns in a process of its own."""
    with multiprocessing.get_context("spawn").Pool(1) as pool:
        return pool.apply(function, arguments)


def peak_memory() -> int:
    """The most memory (MiB, resident) that this process has held."""
    # Not getrusage: it counts what the process was forked from
    status = Path("/proc/self/status").read_text()
    return int(status.split("VmHWM:")[1].split()[0]) >> 10


@dataclass
class Peak:
    """The most memory (MiB, resident) that this process and its children held at once."""

    mebibytes: float = 0.0


@contextmanager
def watched_memory(every: float = 0.05) -> Iterator[Peak]:
    """Watch this process and its children while a block runs."""
    peak, ended = Peak(), threading.Event()

    def watch() -> None:
        while not ended.wait(every):
            peak.mebibytes = max(peak.mebibytes, resident(os.getpid()))

    watcher = threading.Thread(target=watch, daemon=True)
    watcher.start()
    try:
        yield peak
    finally:
        ended.set()
        watcher.join()


def resident(pid: int) -> float:
    try:
        pages = int(Path(f"/proc/{pid}/statm").read_text().split()[1])
        threads = list(Path(f"/proc/{pid}/task").iterdir())
    except (FileNotFoundError, ProcessLookupError):  # it has just ended
        return 0.0
    children: set[int] = set()
    for thread in threads:
        with suppress(FileNotFoundError, ProcessLookupError):  # as a thread may
            children |= {int(pid) for pid in (thread / "children").read_text().split()}
    mebibytes = pages * os.sysconf("SC_PAGE_SIZE") / (1 << 20)
    return mebibytes + sum(map(resident, children))
