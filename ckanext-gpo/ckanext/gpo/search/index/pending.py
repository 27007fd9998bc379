"""What is asked of the index and not yet in it: one small file for each call.

Operations asked for together lie in one file, as far as `FILE_SIZE` of them go.
An operation is on disk before anybody waits for the index, so a process that dies
between asking and committing loses nothing, and whoever commits next writes the
operations of all processes in one go.

The name of a file says when it was written and whether somebody waits for it
(`….due.json`) or has put it off until a commit (`….json`).
"""

from __future__ import annotations

import fcntl
import json
import logging
import os
import threading
import time
from collections.abc import Generator, Iterable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any, cast

from ckanext.gpo.search.errors import DiskError

log = logging.getLogger(__name__)

Operation = dict[str, Any]

FILE_SIZE = 50
"""Operations in one file at most."""

DUE = ".due.json"
UNFINISHED = ".tmp"


@dataclass(frozen=True)
class Entry:
    """An operation and the file that holds it."""

    file: Path
    operation: Operation


class Pending:
    """The operations that wait in a folder, oldest first."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._last = 0
        self._order = threading.Lock()

    def put(self, operations: Iterable[Operation], *, due: bool = False) -> None:
        """Keep operations in this order, behind all that are there.

        :raises DiskError: they cannot be kept; none of them is then
        """
        pending = list(operations)
        stored: list[Path] = []
        try:
            for start in range(0, len(pending), FILE_SIZE):
                together = pending[start : start + FILE_SIZE]
                name = f"{self._moment():020d}-{os.getpid()}"
                stored.append(self.folder / f"{name}{DUE if due else '.json'}")
                self._write(stored[-1], json.dumps(together, ensure_ascii=False))
        except OSError as error:
            self.finish(stored)
            raise DiskError(self.folder, error) from error

    def _write(self, file: Path, text: str) -> None:
        writing = file.with_suffix(UNFINISHED)
        with self._hold(fcntl.LOCK_SH):
            try:
                writing.write_text(text, "utf-8")
                # Seen whole or not at all: a rename is atomic.
                writing.rename(file)
            except OSError:
                writing.unlink(missing_ok=True)
                raise

    def sweep(self) -> None:
        """Take away what processes were writing when they were killed.

        Not while another process writes; whoever sweeps next does it.
        """
        with suppress(BlockingIOError), self._hold(fcntl.LOCK_EX | fcntl.LOCK_NB):
            for unfinished in self.folder.glob(f"*{UNFINISHED}"):
                unfinished.unlink()

    @contextmanager
    def _hold(self, lock: int) -> Generator[None]:
        """Lock the folder; the lock of a process that is killed goes with it."""
        folder = os.open(self.folder, os.O_RDONLY)
        try:
            fcntl.flock(folder, lock)
            yield
        finally:
            os.close(folder)

    def _moment(self) -> int:
        with self._order:
            self._last = max(time.time_ns(), self._last + 1)
            return self._last

    def files(self) -> list[Path]:
        """The files of all operations, oldest first."""
        names = [name for name in os.listdir(self.folder) if name.endswith(".json")]
        return [self.folder / name for name in sorted(names)]

    def due(self) -> bool:
        """Whether somebody waits for one of them."""
        return any(name.endswith(DUE) for name in os.listdir(self.folder))

    def failed(self) -> list[Path]:
        """The files of operations that could not be carried out."""
        return sorted(self.folder.glob("*.failed"))

    def read(self, files: Iterable[Path]) -> Iterator[Entry]:
        """The operations in files; a file that cannot be read is set aside."""
        for file in files:
            try:
                together: Any = json.loads(file.read_text("utf-8"))
            except ValueError:
                file.rename(_logged(file.with_suffix(".failed")))
                continue
            several = isinstance(together, list)
            operations = cast("list[Any]", together) if several else [together]
            yield from (Entry(file, operation) for operation in operations)

    def set_aside(self, entry: Entry) -> None:
        """Keep an operation that cannot be carried out, for inspection."""
        stem = entry.file.name.split(".")[0]
        count = len(list(self.folder.glob(f"{stem}*.failed")))
        failed = self.folder / f"{stem}{f'.{count}' if count else ''}.failed"
        text = json.dumps(entry.operation, ensure_ascii=False)
        _logged(failed).write_text(text, "utf-8")

    def finish(self, files: Iterable[Path], later: Path | None = None) -> None:
        """Forget the files whose operations are in the index, or move them to `later`."""
        for file in files:
            if later and file.exists():
                file.rename(later / file.name)
            else:
                file.unlink(missing_ok=True)


def _logged(failed: Path) -> Path:
    log.error("Search index: an operation failed and is kept as %s", failed)
    return failed
