"""The index on disk: one writer at a time over all processes, readers always.

Writes go through `pending`: whoever holds the lock carries out what everybody has asked
for, in one commit. The engine replaces its list of segments by a rename, so a reader
sees the state before a commit or after it, and a killed writer leaves the one before.
"""

from __future__ import annotations

import contextlib
import fcntl
import logging
import os
from collections.abc import Callable, Iterator
from pathlib import Path

import tantivy

from .errors import EngineError
from .layout import Layout
from .memory import return_memory
from .pending import Entry, Operation, Pending

log = logging.getLogger(__name__)

WRITER_HEAP = 15_000_000
"""Bytes, the least that the engine allows; a writer lives for one commit only."""

COMMIT_SIZE = 500
"""Operations in one commit at most, so that a rebuild does not fill the memory."""

Apply = Callable[[tantivy.IndexWriter, Operation], None]


class Index:
    """An index folder: `segments/`, `pending/` and the lock of the writers."""

    def __init__(self, folder: Path, layout: Layout, apply: Apply) -> None:
        self.folder = folder
        self.layout = layout
        self._apply = apply
        self._segments = folder / "segments"
        pending = folder / "pending"
        pending.mkdir(parents=True, exist_ok=True)
        self.pending = Pending(pending)
        self._reader = self._open()
        self._seen: tuple[int, int] | None = None
        self._put_off = 0

    def _open(self) -> tantivy.Index:
        with self._locked():
            if not (self._segments / "meta.json").exists():
                log.warning(
                    "Search index %s is new and empty: run `ckan search-index rebuild`",
                    self.folder,
                )
            self._segments.mkdir(exist_ok=True)
            index = tantivy.Index(self.layout.schema, path=str(self._segments))
        # Without a watching thread: every search looks for itself, see `searcher`.
        index.config_reader("manual")
        return index

    @property
    def engine(self) -> tantivy.Index:
        return self._reader

    def searcher(self) -> tantivy.Searcher:
        """A view of the last commit of any process."""
        state = os.stat(self._segments / "meta.json")
        seen = (state.st_mtime_ns, state.st_ino)
        if seen != self._seen:
            self._reader.reload()
            self._seen = seen
        return self._reader.searcher()

    def write(self, operations: list[Operation], *, commit: bool) -> None:
        """Keep operations, and with `commit` wait until they are in the index.

        Without it they wait for the next commit of any process, or until this one has
        put off as many as go into one commit.
        """
        self.pending.put(operations)
        self._put_off += len(operations)
        if commit or self._put_off >= COMMIT_SIZE:
            self.commit()

    def commit(self) -> None:
        """Bring everything that was asked for before this call into the index.

        :raises EngineError: the index cannot be written; nothing of what waits is lost
        """
        self._put_off = 0
        with self._locked():
            # Only what is there now: others may put more as fast as we write.
            files = self.pending.files()
            for together in batches(self.pending, files):
                self._carry_out(together)
        if files:
            return_memory()

    def _carry_out(self, entries: list[Entry]) -> None:
        try:
            self._commit(entries)
        except ValueError as error:
            raise EngineError(f"Cannot write the search index: {error}") from error

    def _commit(self, entries: list[Entry]) -> None:
        writer = self._reader.writer(WRITER_HEAP, 1)
        for entry in entries:
            try:
                self._apply(writer, entry.operation)
            except EngineError:
                # One bad operation must not keep all later ones from the index. What
                # the writer itself cannot do is another matter: the disk may be full.
                log.exception("Search index: cannot carry out %s", entry.file.name)
                self.pending.set_aside(entry)
        writer.commit()
        self.pending.done({entry.file for entry in entries})
        # Also joins small segments; otherwise every commit would add one for ever.
        writer.wait_merging_threads()

    @contextlib.contextmanager
    def _locked(self) -> Iterator[None]:
        # The kernel frees the lock of a process that dies.
        with (self.folder / "write.lock").open("w") as file:
            fcntl.flock(file, fcntl.LOCK_EX)
            yield


def batches(pending: Pending, files: list[Path]) -> Iterator[list[Entry]]:
    """The operations of whole files, for one commit each, COMMIT_SIZE of them or so."""
    together: list[Entry] = []
    for file in files:
        if len(together) >= COMMIT_SIZE:
            yield together
            together = []
        together += pending.read([file])
    if together:
        yield together
