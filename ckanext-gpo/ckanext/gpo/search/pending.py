"""What is asked of the index and not yet in it: one small file an operation.

An operation is on disk before anybody waits for the index, so a process that dies
between asking and committing loses nothing, and whoever commits next writes the
operations of all processes in one go.
"""

from __future__ import annotations

import json
import logging
import os
import threading
import time
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

log = logging.getLogger(__name__)

Operation = dict[str, Any]


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

    def put(self, operations: Iterable[Operation]) -> None:
        """Keep operations in this order, behind all that are there."""
        for operation in operations:
            name = f"{self._moment():020d}-{os.getpid()}"
            writing = self.folder / f"{name}.tmp"
            writing.write_text(json.dumps(operation, ensure_ascii=False), "utf-8")
            # Seen whole or not at all: a rename is atomic.
            writing.rename(self.folder / f"{name}.json")

    def _moment(self) -> int:
        with self._order:
            self._last = max(time.time_ns(), self._last + 1)
            return self._last

    def files(self) -> list[Path]:
        """The files of all operations, oldest first."""
        names = [name for name in os.listdir(self.folder) if name.endswith(".json")]
        return [self.folder / name for name in sorted(names)]

    def read(self, files: Iterable[Path]) -> list[Entry]:
        """The operations in files; one that cannot be read is set aside."""
        found: list[Entry] = []
        for file in files:
            try:
                found.append(Entry(file, json.loads(file.read_text("utf-8"))))
            except ValueError:
                self.set_aside(file)
        return found

    def set_aside(self, file: Path) -> None:
        """Take an operation out that cannot be carried out; it stays for inspection."""
        log.error("Search index: an operation failed and is kept as %s.failed", file)
        file.rename(file.with_suffix(".failed"))

    def done(self, entries: Iterable[Entry]) -> None:
        """Forget operations that are in the index."""
        for entry in entries:
            entry.file.unlink(missing_ok=True)
