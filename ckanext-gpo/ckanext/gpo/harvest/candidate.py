"""The candidate on its way to the gate: rows as CSV under field names, or a file as it is."""

from __future__ import annotations

import csv
import hashlib
import io
from collections.abc import Callable, Iterable, Sequence
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

from .extract import Row
from .failures import HarvestError
from .mapping import MapRow

_FIRST_ROW = 2  # row 1 of a candidate is its header
_PULSE = 500
_CHUNK = 1 << 20

SUFFIX = ".candidate"
"""How the names of candidates in the spool end."""


@dataclass
class Candidate:
    """What was written: `row_offsets` leads from its rows back to the source's.

    `[[2, 1], [40, 2]]`: rows 2 to 39 are the source's 3 to 40, row 40 is its 42.
    Empty where the source's rows have no numbers, and for a file as it is, whose `rows`
    nobody has counted.
    """

    file: str
    sha256: str = ""
    rows: int | None = None
    row_offsets: list[list[int]] = field(default_factory=list[list[int]])

    def origin(self, label: str) -> dict[str, Any]:
        """The `origin` of `gpo_quality_version_submit`.

        `row_offset` only where one number is right for every row.
        """
        origin: dict[str, Any] = {"label": label}
        if len(self.row_offsets) == 1:
            origin["row_offset"] = self.row_offsets[0][1]
        elif self.row_offsets:
            origin["row_offsets"] = self.row_offsets
        return origin

    def as_dict(self) -> dict[str, Any]:
        return asdict(self)


class _Hashing(io.RawIOBase):
    """A file that hashes what is written to it."""

    def __init__(self, path: Path) -> None:
        self.digest = hashlib.sha256()
        self.target = path.open("wb")

    def writable(self) -> bool:
        return True

    def write(self, chunk: Any) -> int:
        self.digest.update(chunk)
        return self.target.write(chunk)

    def close(self) -> None:
        self.target.close()
        super().close()


def write(
    path: Path,
    header: Sequence[str],
    rows: Iterable[Row],
    map_row: MapRow,
    pulse: Callable[[], None],
) -> Candidate:
    """Write the rows, one at a time.

    :param pulse: called every few hundred rows; what it raises ends the writing
    :raises HarvestError: whatever the rows raise; nothing is left behind then
    """
    try:
        return _write(path, header, rows, map_row, pulse)
    except BaseException:
        path.unlink(missing_ok=True)
        raise


def copy(source: Path, path: Path, pulse: Callable[[], None]) -> Candidate:
    """Copy a file as it is.

    :param pulse: called now and then; what it raises ends the copying
    :raises HarvestError: `source-file-growing`; nothing is left behind then
    """
    candidate = Candidate(file=path.name)
    raw = _Hashing(path)
    state = _state(source)
    try:
        with source.open("rb") as stream, raw:
            while chunk := stream.read(_CHUNK):
                pulse()
                raw.write(chunk)
        _require_unmoved(source, state)
    except BaseException:
        path.unlink(missing_ok=True)
        raise
    candidate.sha256 = raw.digest.hexdigest()
    return candidate


def _require_unmoved(source: Path, state: tuple[int, int]) -> None:
    if _state(source) != state:
        raise HarvestError("source-file-growing", file=source.name)


def _state(path: Path) -> tuple[int, int]:
    status = path.stat()
    return status.st_size, status.st_mtime_ns


def _write(
    path: Path,
    header: Sequence[str],
    rows: Iterable[Row],
    map_row: MapRow,
    pulse: Callable[[], None],
) -> Candidate:
    candidate = Candidate(file=path.name)
    raw = _Hashing(path)
    number = _FIRST_ROW - 1
    with io.TextIOWrapper(io.BufferedWriter(raw), "utf-8", newline="") as target:
        writer = csv.writer(target, lineterminator="\n")
        writer.writerow(header)
        for number, (source_row, cells) in enumerate(rows, _FIRST_ROW):
            if number % _PULSE == 0:
                pulse()
            writer.writerow(map_row(cells))
            _note(candidate.row_offsets, number, source_row)
    candidate.rows = number + 1 - _FIRST_ROW
    candidate.sha256 = raw.digest.hexdigest()
    return candidate


def _note(offsets: list[list[int]], row: int, source_row: int) -> None:
    offset = source_row - row
    if source_row and (not offsets or offsets[-1][1] != offset):
        offsets.append([row, offset])
