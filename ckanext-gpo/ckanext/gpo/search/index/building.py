"""An index that is built beside the one that serves, and then takes its place."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from pathlib import Path

import tantivy

from ckanext.gpo.search.errors import disk_errors

from .generations import Generations
from .layout import Layout
from .pending import Entry, Pending

BUILD_HEAP = 120_000_000
"""Bytes: larger segments, fewer of them to be joined."""

CATCH_UP_HEAP = 15_000_000

ApplyAll = Callable[[tantivy.IndexWriter, Iterable[Entry]], None]


class Building:
    """The new index, empty at first. For one who holds the lock of the builders."""

    def __init__(
        self,
        generations: Generations,
        layout: Layout,
        pending: Pending,
        apply_all: ApplyAll,
    ) -> None:
        self._generations = generations
        self._pending = pending
        self._apply_all = apply_all
        with disk_errors(generations.folder):
            self._folder = generations.new()
            self._index = tantivy.Index(layout.schema, path=str(self._folder))
            self._writer = self._index.writer(BUILD_HEAP, 1)

    def add(self, document: tantivy.Document) -> None:
        """Add a document; each of them once.

        :raises DiskError: it cannot be written
        """
        with disk_errors(self._generations.folder):
            self._writer.add_document(document)

    def serve(self) -> None:
        """Bring in what was written meanwhile, and take the place of the old index.

        :raises DiskError: it cannot be written
        """
        with disk_errors(self._generations.folder):
            self._catch_up(self._writer)
            _end(self._writer)
            with self._generations.writing():
                pending = self._pending.files()
                self._come_level(pending)
                self._generations.serve(self._folder)
                self._generations.unfilled.unlink(missing_ok=True)
                # Not before: who is killed here has lost nothing of it.
                self._pending.finish(pending)

    def _come_level(self, pending: list[Path]) -> None:
        """Bring in the rest, while nobody else writes."""
        writer = self._index.writer(CATCH_UP_HEAP, 1)
        self._catch_up(writer)
        self._apply_all(writer, self._pending.read(pending))
        _end(writer)

    def _catch_up(self, writer: tantivy.IndexWriter) -> None:
        later = Pending(self._generations.later)
        files = later.files()
        self._apply_all(writer, later.read(files))
        later.finish(files)


def _end(writer: tantivy.IndexWriter) -> None:
    writer.commit()
    writer.wait_merging_threads()
