"""The index on disk: one writer at a time over all processes, readers always.

Writes go through `pending`: whoever holds the lock carries out what everybody has asked
for, in one commit. The engine replaces its list of segments by a rename, so a reader
sees the state before a commit or after it, and a killed writer leaves the one before.

Not everybody who writes waits for a commit: many changes of a harvest go into one, which
is due at the latest when somebody searches (`settle`), so that nobody sees the difference.
"""

from __future__ import annotations

import contextlib
import logging
import threading
import time
from collections.abc import Callable, Generator, Iterable, Iterator
from pathlib import Path

import tantivy

from ckanext.gpo.search.errors import BusyError, EngineError, disk_errors

from .building import Building
from .generations import Generations
from .layout import Layout
from .memory import return_memory
from .pending import Entry, Operation, Pending

log = logging.getLogger(__name__)

WRITER_HEAP = 15_000_000
"""Bytes, the least that the engine allows; a writer lives for one commit only."""

COMMIT_SIZE = 500
"""Operations in one commit at most, so that many of them do not fill the memory."""

INTERVAL = 5.0
"""Seconds between two commits for those who do not wait for them."""

RETRY_AFTER = 5.0
"""Seconds after which a search tries again what could not be written."""

Apply = Callable[[tantivy.IndexWriter, Operation], None]


class Index:
    """An index folder: its generations, and `pending/`."""

    def __init__(self, folder: Path, layout: Layout, apply: Apply) -> None:
        self.folder = folder
        self.layout = layout
        self._apply = apply
        pending = folder / "pending"
        pending.mkdir(parents=True, exist_ok=True)
        self.pending = Pending(pending)
        self.generations = Generations(folder)
        self._opening = threading.Lock()
        self._put_off = 0
        self._retry_at = 0.0
        self._ensure_one()
        self._open()

    def _ensure_one(self) -> None:
        if self.generations.serving():
            return
        with self.generations.writing():
            if self.generations.serving():  # another process was faster
                return
            log.warning("Search index %s is new and empty", self.folder)
            self.generations.unfilled.touch()
            folder = self.generations.new()
            tantivy.Index(self.layout.schema, path=str(folder))
            self.generations.serve(folder)

    def _open(self) -> None:
        state, serving = self.generations.state(), self.generations.serving()
        reader = tantivy.Index.open(str(serving))
        # Without a watching thread: every search looks for itself, see `searcher`.
        reader.config_reader("manual")
        self._reader, self._serving, self._state = reader, serving, state

    @property
    def engine(self) -> tantivy.Index:
        return self._reader

    @property
    def unfilled(self) -> bool:
        """Whether the index was made empty, and nobody has filled it since."""
        return self.generations.unfilled.exists()

    def declare_filled(self) -> None:
        """Say that the index holds all that there is."""
        self.generations.unfilled.unlink(missing_ok=True)

    def searcher(self) -> tantivy.Searcher:
        """A view of the last commit of any process."""
        self._follow()
        return self._reader.searcher()

    def _follow(self) -> None:
        """Go over to the last commit, and to the index that serves now."""
        if self.generations.state() == self._state:
            return
        with self._opening:
            while True:
                serving = self.generations.serving()
                try:
                    self._go_over_to(serving)
                except (OSError, ValueError):
                    # Unless yet another one has taken its place, and this one is gone.
                    if self.generations.serving() == serving:
                        raise
                else:
                    return

    def _go_over_to(self, serving: Path | None) -> None:
        if serving != self._serving:
            self._open()
            return
        state = self.generations.state()
        self._reader.reload()
        self._state = state

    def write(
        self, operations: list[Operation], *, commit: bool, wait: bool = True
    ) -> None:
        """Keep operations, and with `commit` bring them into the index.

        They count as written once they are kept: if they cannot be brought into the
        index now, that is logged, and done as soon as it can be. With `wait=False` they
        are there before the next search, in one commit with what others ask for.
        Without `commit` they wait for the next commit of any process, or until this one
        has put off as many as go into one commit.

        :raises DiskError: they cannot be kept
        """
        self.pending.put(operations, due=commit)
        self._put_off += len(operations)
        if self._put_off < COMMIT_SIZE and not (
            commit and (wait or self.generations.age() >= INTERVAL)
        ):
            return
        try:
            self.commit()
        except EngineError:
            log.exception("Search index: %s operations wait", self._put_off)

    def commit(self) -> None:
        """Bring everything that was asked for before this call into the index.

        :raises DiskError: the index cannot be written; nothing of what waits is lost
        """
        with self.generations.writing():
            self._carry_out_all()

    def settle(self) -> None:
        """Carry out what somebody waits for, before a search.

        Not if another process is at it; and if it cannot be done the search goes on.
        """
        if time.monotonic() < self._retry_at or not self.pending.due():
            return
        try:
            with self.generations.writing(wait=False) as is_locked:
                if is_locked:
                    self._carry_out_all()
        except (EngineError, OSError):
            self._retry_at = time.monotonic() + RETRY_AFTER
            log.exception("Search index: a search sees what was there before")

    def _carry_out_all(self) -> None:
        self._put_off = 0
        self.generations.sweep()
        self.pending.sweep()
        self._follow()
        # Only what is there now: others may put more as fast as we write.
        files = self.pending.files()
        for together in batches(self.pending, files):
            self._carry_out(together)
        if files:
            return_memory()

    def _carry_out(self, entries: list[Entry]) -> None:
        with disk_errors(self.folder):
            self._commit(entries)

    def _commit(self, entries: list[Entry]) -> None:
        writer = self._reader.writer(WRITER_HEAP, 1)
        self._apply_all(writer, entries)
        writer.commit()
        later = self.generations.later
        self.pending.finish(
            {entry.file for entry in entries}, later if later.exists() else None
        )
        # Also joins small segments; otherwise every commit would add one for ever.
        writer.wait_merging_threads()

    def _apply_all(self, writer: tantivy.IndexWriter, entries: Iterable[Entry]) -> None:
        for entry in entries:
            try:
                self._apply(writer, entry.operation)
            except EngineError:
                # One bad operation must not keep all later ones from the index. What
                # the writer itself cannot do is another matter: the disk may be full.
                log.exception("Search index: cannot carry out %s", entry.file.name)
                self.pending.set_aside(entry)

    @contextlib.contextmanager
    def build(self) -> Generator[Building]:
        """A new index beside this one; `Building.serve` lets it take the place.

        What is written meanwhile will be in it too. Without `serve`, and if this process
        is killed, all stays as it is.

        :raises BusyError: another process builds one
        :raises DiskError: the new index cannot be written
        """
        # What waits now is older than what the new index is built from.
        try:
            self.commit()
        except EngineError:
            log.exception("Search index: the old one cannot be written")
        try:
            with self.generations.building() as free:
                if not free:
                    raise BusyError(f"Another process builds anew {self.folder}")
                yield Building(
                    self.generations, self.layout, self.pending, self._apply_all
                )
        finally:
            with self.generations.writing():
                self.generations.sweep()
            return_memory()


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
