"""All the places of a finding, in memory that does not grow with them."""

from __future__ import annotations

import marshal
import tempfile
import weakref
from collections.abc import Iterator
from typing import IO, TypeAlias

from .steps import Place

_BATCH = 1_000
"""Places held in memory; each further batch of them lies on disk."""

_Record: TypeAlias = tuple[str, int | None, int | None, str, str]


class Places:
    """Places in the order in which they were added, each with the cell that stands there.

    >>> places = Places()
    >>> places.add(Place(row=7), "(88)")
    >>> list(places)
    [(Place(sheet='', row=7, column=None, label=''), '(88)')]
    """

    def __init__(self) -> None:
        self._batch: list[_Record] = []
        self._file: IO[bytes] | None = None

    def add(self, place: Place, value: str) -> None:
        self._batch.append((place.sheet, place.row, place.column, place.label, value))
        if len(self._batch) == _BATCH:
            self._spill()

    def __iter__(self) -> Iterator[tuple[Place, str]]:
        for batch in self._spilled():
            yield from (_placed(record) for record in batch)
        yield from (_placed(record) for record in self._batch)

    def _spill(self) -> None:
        if self._file is None:
            self._file = tempfile.TemporaryFile(prefix="gpo-places-")  # noqa: SIM115 - lives as long as this
            weakref.finalize(self, self._file.close)
        # marshal reads nothing but what this very process has written
        marshal.dump(self._batch, self._file)
        self._batch = []

    def _spilled(self) -> Iterator[list[_Record]]:
        if self._file is None:
            return
        end = self._file.tell()
        self._file.seek(0)
        while self._file.tell() < end:
            yield marshal.load(self._file)  # noqa: S302


def _placed(record: _Record) -> tuple[Place, str]:
    sheet, row, column, label, value = record
    return Place(sheet, row, column, label), value
