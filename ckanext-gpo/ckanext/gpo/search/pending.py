"""What is asked of the index and not yet in it: one small file for each call.

Operations asked for together lie in one file, as far as `FILE_SIZE` of them go.
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
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

log = logging.getLogger(__name__)

Operation = dict[str, Any]

FILE_SIZE = 50
"""Operations in one file at most."""


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
        waiting = list(operations)
        for start in range(0, len(waiting), FILE_SIZE):
            name = f"{self._moment():020d}-{os.getpid()}"
            writing = self.folder / f"{name}.tmp"
            together = waiting[start : start + FILE_SIZE]
            writing.write_text(json.dumps(together, ensure_ascii=False), "utf-8")
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

    def read(self, files: Iterable[Path]) -> Iterator[Entry]:
        """The operations in files; a file that cannot be read is set aside."""
        for file in files:
            try:
                together = json.loads(file.read_text("utf-8"))
            except ValueError:
                file.rename(_told(file.with_suffix(".failed")))
                continue
            if not isinstance(together, list):
                together = [together]
            yield from (Entry(file, operation) for operation in together)

    def set_aside(self, entry: Entry) -> None:
        """Keep an operation that cannot be carried out, for inspection."""
        taken = len(list(self.folder.glob(f"{entry.file.stem}*.failed")))
        failed = entry.file.with_suffix(f".{taken}.failed" if taken else ".failed")
        text = json.dumps(entry.operation, ensure_ascii=False)
        _told(failed).write_text(text, "utf-8")

    def done(self, files: Iterable[Path]) -> None:
        """Forget the files whose operations are in the index."""
        for file in files:
            file.unlink(missing_ok=True)


def _told(failed: Path) -> Path:
    log.error("Search index: an operation failed and is kept as %s", failed)
    return failed
