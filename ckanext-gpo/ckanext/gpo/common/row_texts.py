"""The texts of a table in a file of its own, in which any part of them is found at once.

Field by field the file has the cells of all rows, in small letters, each with a NUL behind
it, and then where each of them ends; what lies where is written at its end. It is read where
it lies: the operating system keeps in memory what is looked at.

PostgreSQL keeps no NUL. So none stands in a cell, and nothing that is looked for goes over
the end of one.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path, PurePath
from typing import Any, BinaryIO, Final

import duckdb
import numpy as np
import stringzilla
from numpy.typing import NDArray

from .duck import literal, one

_SUFFIX: Final = ".texts"
NUL: Final = "\0"
BLOCK: Final = 1 << 15
"""Rows that are looked through at once."""

_MARK: Final = b"gpotext1"
_LENGTH: Final = 8
_FEW: Final = BLOCK >> 7
"""Rows that are looked at one by one."""
_ALIGNED: Final = 8
_PIECE: Final = 1 << 24
_NONE: Final = np.empty(0, np.int64)
_OPEN: Final = 8
"""Files that a process keeps open, of the tables that were asked about last."""


@dataclass(frozen=True)
class Part:
    """A part of a text, and the fields in one of which it has to stand."""

    text: str
    fields: tuple[str, ...]


@dataclass(frozen=True)
class Matches:
    """Which rows have what was looked for.

    :param rows: their numbers, from 0 on, or the first ones of them
    :param count: how many there are, or if it is not exact, at least so many
    """

    rows: NDArray[np.int64]
    count: int
    is_exact: bool

    @property
    def is_complete(self) -> bool:
        """Whether all of them are named."""
        return self.is_exact and len(self.rows) == self.count


def texts_path(parquet: PurePath) -> Path:
    """Where the texts of a version lie, by where its Parquet file does."""
    return Path(parquet).with_suffix(_SUFFIX)


def write(
    connection: duckdb.DuckDBPyConnection,
    source: str,
    fields: Mapping[str, str],
    path: Path,
) -> None:
    """Write the texts of all rows of a table.

    :param source: the table as SQL has it after FROM
    :param fields: name → column of the table, those that hold texts
    :raises ValueError: a NUL stands in a cell
    """
    body = path.with_suffix(".cells")
    places: dict[str, dict[str, Any]] = {}
    (rows,) = one(connection, f"SELECT count(*) FROM {source}")  # noqa: S608
    with path.open("wb") as target:
        for name, column in fields.items():
            connection.execute(
                # one column without quotes: as they are, with a line break behind each
                f"COPY (SELECT coalesce(lower({column}), '') || chr(0) FROM {source})"  # noqa: S608
                f" TO {literal(str(body))} (FORMAT csv, HEADER false, QUOTE '',"
                " ESCAPE '', DELIMITER E'\\x01')"
            )
            start = target.tell()
            ends = _append(body, target)
            if len(ends) != rows:
                raise ValueError(f"A NUL stands in a cell of {name}")
            size = target.tell() - start
            kind = width(size)
            target.write(bytes(-target.tell() % _ALIGNED))
            places[name] = {
                "start": start,
                "size": size,
                "ends": target.tell(),
                "kind": kind,
            }
            target.write(ends.astype(kind).data)
            target.write(bytes(-target.tell() % _ALIGNED))
        body.unlink(missing_ok=True)
        described = json.dumps({"rows": rows, "fields": places}).encode()
        length = len(described).to_bytes(_LENGTH, "little")
        target.write(described + length + _MARK)


def width(size: int) -> str:
    """The kind of numbers that name places in a text of so many bytes."""
    return "<u4" if size < 1 << 32 else "<u8"


def _append(body: Path, target: BinaryIO) -> NDArray[np.int64]:
    """Append lines to a file, without their line breaks.

    :returns: where the NULs stand among them
    """
    ends: list[NDArray[np.int64]] = [_NONE]
    place = 0
    with body.open("rb") as source:
        while piece := source.read(_PIECE):
            if piece.endswith(b"\0"):
                piece += source.read(1)
            cells = piece.replace(b"\0\n", b"\0")
            target.write(cells)
            ends.append(np.flatnonzero(np.frombuffer(cells, np.uint8) == 0) + place)
            place += len(cells)
    return np.concatenate(ends)


@lru_cache(maxsize=_OPEN)
def read(path: Path) -> RowTexts:
    """The texts of a file, which never changes.

    :raises OSError: it is not there
    :raises ValueError: it is not such a file, or not all of it
    """
    return RowTexts(path)


class RowTexts:
    """The texts of the rows of a table."""

    def __init__(self, path: Path) -> None:
        content = np.memmap(path, np.uint8, "r")
        tail = _LENGTH + len(_MARK)
        if content[-len(_MARK) :].tobytes() != _MARK:
            raise ValueError(f"{path} holds no texts of rows")
        length = int.from_bytes(content[-tail : -len(_MARK)].tobytes(), "little")
        described = json.loads(content[-tail - length : -tail].tobytes())
        self.count: int = described["rows"]
        self._columns = {
            name: _Column(content, rows=self.count, **place)
            for name, place in described["fields"].items()
        }

    @property
    def fields(self) -> frozenset[str]:
        """The fields that hold texts."""
        return frozenset(self._columns)

    def find(
        self,
        parts: Sequence[Part],
        most: int,
        check: Callable[[], None],
        *,
        is_counted: bool = False,
    ) -> Matches:
        """The rows that have every part.

        :param parts: at least one; in small letters, not empty, without NUL
        :param most: no more rows are named than so many and one
        :param check: called again and again; what it raises ends the search
        :param is_counted: whether those are counted too that are not named
        """
        rows: list[NDArray[np.int64]] = [_NONE]
        count = 0
        for first, block in self._blocks(parts, check):
            if count <= most:
                rows.append(block[: most + 1 - count] + first)
            count += len(block)
            if count > most and not is_counted:
                return Matches(np.concatenate(rows), most + 1, is_exact=False)
        return Matches(np.concatenate(rows), count, is_exact=True)

    def _blocks(
        self, parts: Sequence[Part], check: Callable[[], None]
    ) -> Iterator[tuple[int, NDArray[np.int64]]]:
        """The number of the first row of a block, and from that on, which rows match."""
        if len(parts) > 1:
            parts = sorted(parts, key=lambda part: self._rows(part, 0, check).sum())
        for first in range(0, self.count, BLOCK):
            matches = self._rows(parts[0], first, check)
            for part in parts[1:]:
                rows = np.flatnonzero(matches)
                if len(rows) > _FEW:
                    matches &= self._rows(part, first, check)
                for row in rows if len(rows) <= _FEW else ():
                    matches[row] = self._has(part, first + int(row))
            yield first, np.flatnonzero(matches)

    def _rows(
        self, part: Part, first: int, check: Callable[[], None]
    ) -> NDArray[np.bool_]:
        """Of each row of a block, whether it has a part."""
        check()
        last = min(first + BLOCK, self.count)
        matches = np.zeros(last - first, np.bool_)
        for name in part.fields if last > first else ():
            matches[self._columns[name].rows(part.text.encode(), first, last)] = True
        return matches

    def _has(self, part: Part, row: int) -> bool:
        text = part.text.encode()
        return any(text in self._columns[name].cell(row) for name in part.fields)


class _Column:
    """The cells of one field."""

    def __init__(
        self,
        content: NDArray[np.uint8],
        *,
        start: int,
        size: int,
        ends: int,
        kind: str,
        rows: int,
    ) -> None:
        length = rows * np.dtype(kind).itemsize
        self._ends = content[ends : ends + length].view(kind)
        self._text = stringzilla.Str(content[start : start + size].data)

    def rows(self, part: bytes, first: int, last: int) -> NDArray[np.int64]:
        """Which rows of a block have a part in their cell, counted from its first row."""
        start, ends = self._start(first), self._ends[first:last]
        text = self._text[start : int(ends[-1])]
        lengths = np.fromiter(map(len, text.split_iter(part)), np.int64)
        if len(lengths) == 1:
            return _NONE
        places = np.cumsum(lengths[:-1] + len(part)) - len(part) + start
        return np.searchsorted(ends, places.astype(ends.dtype))

    def cell(self, row: int) -> stringzilla.Str:
        return self._text[self._start(row) : int(self._ends[row])]

    def _start(self, row: int) -> int:
        return int(self._ends[row - 1]) + 1 if row else 0
