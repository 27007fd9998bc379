"""The processes of a site, as the kernel knows them: which they are, what they hold."""

from __future__ import annotations

import os
import signal
import time
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from launcher import waiting

_PROC = Path("/proc")
_END_SECONDS = 10


@dataclass(frozen=True)
class Memory:
    """Bytes in memory: `resident` counts shared pages in each process, `share` once."""

    resident: int = 0
    share: int = 0

    def __add__(self, other: Memory) -> Memory:
        return Memory(self.resident + other.resident, self.share + other.share)


def site_processes(data: Path, mark: str) -> set[int]:
    """Return the processes of the site whose folder is `data`.

    A process is of the site if its environment carries the mark, or if it works inside the
    folder (PostgreSQL and Redis write over their environment).
    """
    word = f"{mark}={data}".encode()
    pids: set[int] = set()
    for folder in _PROC.glob("[0-9]*"):
        pid = int(folder.name)
        if pid == os.getpid() or not is_alive(pid):
            continue
        try:
            marked = word in (folder / "environ").read_bytes().split(b"\0")
            if marked or (folder / "cwd").readlink().is_relative_to(data):
                pids.add(pid)
        except OSError:
            continue  # it ended, or it is another user's
    return pids


def is_alive(pid: int) -> bool:
    """Tell whether the process runs; one that only waits to be buried does not."""
    try:
        stat = (_PROC / str(pid) / "stat").read_text()
    except OSError:
        return False
    return stat.rpartition(")")[2].split()[0] not in "ZX"


def age(pid: int) -> float:
    """Return the seconds since a process was made; `exec` does not make it anew."""
    fields = (_PROC / str(pid) / "stat").read_text().rpartition(")")[2].split()
    since_boot = int(fields[19]) / os.sysconf("SC_CLK_TCK")
    return time.clock_gettime(time.CLOCK_BOOTTIME) - since_boot


def family(pid: int) -> set[int]:
    """Return a process and all that descend from it."""
    children: dict[int, list[int]] = {}
    for stat in _PROC.glob("[0-9]*/stat"):
        try:
            fields = stat.read_text().rpartition(")")[2].split()
        except OSError:
            continue
        children.setdefault(int(fields[1]), []).append(int(stat.parent.name))
    pids: set[int] = set()
    unseen = [pid]
    while unseen:
        one = unseen.pop()
        pids.add(one)
        unseen += children.get(one, [])
    return pids


def memory(pids: Iterable[int]) -> Memory:
    """Add up what the processes hold; one that has ended or is hidden holds nothing."""
    total = Memory()
    for pid in pids:
        try:
            lines = (_PROC / str(pid) / "smaps_rollup").read_text().splitlines()[1:]
        except OSError:
            continue
        kib = {line.split(":")[0]: int(line.split()[1]) for line in lines}
        total += Memory(kib["Rss"] * 1024, kib["Pss"] * 1024)
    return total


def end(pids: set[int], *, patience: float = _END_SECONDS) -> set[int]:
    """End processes, gently and then by force; return those that are still there."""
    for number in (signal.SIGTERM, signal.SIGKILL):
        for pid in filter(is_alive, pids):
            try:
                os.kill(pid, number)
            except ProcessLookupError:
                continue
        if waiting.until(
            lambda: not any(map(is_alive, pids)), seconds=patience, check=_nothing
        ):
            return set()
    return set(filter(is_alive, pids))


def _nothing() -> None:
    """There is nothing to look at while processes end."""
