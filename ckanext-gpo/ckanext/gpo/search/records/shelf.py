"""The indexes of all tables: a folder for each state of a table, written once.

`<table>.<state>` is the index of a table in one state; whoever is asked for a table takes
the one that is there. A new one is written beside it and takes its place by a rename, so
that a reader sees the old one or the new one, and a killed writer leaves the old one.
Whatever else lies here is of a writer that was killed, and goes with the next one.
"""

from __future__ import annotations

import contextlib
import fcntl
import hashlib
import json
import shutil
from collections.abc import Callable, Generator, Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

import tantivy

from . import index
from .columns import Column
from .index import Record

WRITING = "writing"


@dataclass(frozen=True)
class TableState:
    """A table as it is now: `table` is the id of its resource, `mark` changes with its rows."""

    table: str
    mark: str
    columns: tuple[Column, ...]

    @property
    def folder(self) -> str:
        """The name of the folder that holds the index of this state."""
        roles = [(column.name, column.role.value) for column in self.columns]
        content = json.dumps([index.FORMAT, self.mark, roles])
        return f"{self.table}.{hashlib.sha256(content.encode()).hexdigest()[:16]}"


class Shelf:
    """The indexes in a folder of this machine."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def tables(self) -> dict[str, Path]:
        """Id of a table → its index; an older one as long as there is no other."""
        with contextlib.suppress(FileNotFoundError):
            return {
                path.name.partition(".")[0]: path
                for path in sorted(self.folder.iterdir())
                if path.is_dir() and path.name != WRITING
            }
        return {}

    def holds(self, state: TableState) -> bool:
        """Whether the index is of just this state."""
        return (self.folder / state.folder).is_dir()

    def searchers(self) -> dict[str, tantivy.Searcher]:
        """The records of each table that is indexed."""
        try:
            return self._searchers()
        except (OSError, ValueError):  # a newer one has taken the place of one just now
            return self._searchers()

    def _searchers(self) -> dict[str, tantivy.Searcher]:
        tables = self.tables()
        current = set(tables.values())
        # a copy: other threads open indexes meanwhile
        for path in [path for path in list(_OPEN) if path.parent == self.folder]:
            if path not in current:  # else its files would keep their place on the disk
                _OPEN.pop(path, None)
        return {table: _open(path) for table, path in tables.items()}

    def write(
        self,
        state: TableState,
        records: Iterable[Record],
        is_current: Callable[[], bool],
    ) -> bool:
        """Index a state of a table, in the place of an older one. For a holder of `writing`.

        :param is_current: whether what was read is of this state, asked at the end
        :returns: whether it was
        :raises DiskError: the folder cannot be written
        """
        folder = self.folder / WRITING
        shutil.rmtree(folder, ignore_errors=True)
        folder.mkdir(parents=True)
        try:
            index.write(folder, [column.role for column in state.columns], records)
            if not is_current():
                return False
            folder.rename(self.folder / state.folder)
        finally:
            shutil.rmtree(folder, ignore_errors=True)
        self._remove(state.table, keep=state.folder)
        return True

    def drop(self, table: str) -> None:
        """Forget a table."""
        self._remove(table, keep="")

    def _remove(self, table: str, keep: str) -> None:
        for path in self.folder.glob(f"{table}.*"):
            if path.name != keep:
                shutil.rmtree(path, ignore_errors=True)

    @contextlib.contextmanager
    def writing(self) -> Generator[bool]:
        """Hold the lock of the writers; false if another process holds it."""
        self.folder.mkdir(parents=True, exist_ok=True)
        # The kernel frees the lock of a process that dies.
        with (self.folder / "write.lock").open("a") as file:
            try:
                fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError:
                yield False
            else:
                yield True


_OPEN: dict[Path, tantivy.Searcher] = {}
"""What this process has open: an index never changes, so that what is open stays right."""


def _open(path: Path) -> tantivy.Searcher:
    searcher = _OPEN.get(path)
    if searcher is None:
        searcher = _OPEN[path] = index.open_searcher(path)
    return searcher


def missing_states(shelf: Shelf, states: Sequence[TableState]) -> list[TableState]:
    """The states of tables that are not indexed, or in an older state."""
    return [state for state in states if not shelf.holds(state)]


def surplus_tables(shelf: Shelf, states: Sequence[TableState]) -> list[str]:
    """Tables that are indexed, and have no state now."""
    return sorted(set(shelf.tables()) - {state.table for state in states})
