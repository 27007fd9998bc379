"""Where the records of a CSV file begin and end, and which have the wrong number of cells.

Says nothing of the cells themselves. Works on bytes, block by block, with numpy; exact
for well-formed quoting (RFC 4180), and says so where it is not.
"""

from __future__ import annotations

import csv
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import IO

import numpy as np
from numpy.typing import NDArray

BLOCK = 16 << 20
"""Bytes that are looked at together."""

_NEWLINE, _RETURN, _QUOTE = 10, 13, 34

Positions = NDArray[np.intp]


class Malformed(ValueError):  # noqa: N818 - says what it is
    """Quotes or line ends are such that only a CSV reader can say where a cell ends."""


@dataclass
class Layout:
    """The records of a file, without its header."""

    records: int = 0
    irregular: dict[int, list[str]] = field(default_factory=dict)
    """Record (0 the first) → cells, of records that are blank or of a wrong length."""


@dataclass(frozen=True)
class Survey:
    """What a glance at the bytes tells."""

    lines: int
    quotes: bool
    returns: bool
    """Every line ends in CR LF."""


def survey(path: Path) -> Survey:
    """Count lines, and look for quotes.

    :raises Malformed: CR LF and LF, or CR alone, end lines in one file
    """
    lines = quotes = returns = pairs = 0
    last = -1
    for block in _blocks(path):
        lines += int(np.count_nonzero(block == _NEWLINE))
        quotes += int(np.count_nonzero(block == _QUOTE))
        returned = np.flatnonzero(block == _RETURN)
        if returned.size:
            returns += returned.size
            inner = returned[returned < block.size - 1]
            pairs += int(np.count_nonzero(block[inner + 1] == _NEWLINE))
        if last == _RETURN and block[0] == _NEWLINE:
            pairs += 1
        last = int(block[-1])
    if last not in (_NEWLINE, -1):
        lines += 1
    if not quotes and (returns != pairs or (returns and returns < lines - 1)):
        raise Malformed("line ends differ")
    return Survey(lines, bool(quotes), bool(returns))


def lay_out(path: Path, delimiter: str, width: int, regular: Path | None) -> Layout:
    """Find the records of a file.

    :param width: the number of cells that a record should have
    :param regular: where the header and the regular records are written, if wanted
    :raises Malformed: the quoting is not that of RFC 4180
    """
    layout = Layout()
    target = regular.open("wb") if regular else None
    try:
        with path.open("rb") as source:
            header = source.readline()
            if target:
                target.write(header)
            for block in _whole_records(source):
                _read_block(block, delimiter, width, layout, target)
    finally:
        if target:
            target.close()
    return layout


def _blocks(path: Path) -> Iterator[NDArray[np.uint8]]:
    with path.open("rb") as source:
        while block := source.read(BLOCK):
            yield np.frombuffer(block, dtype=np.uint8)


def _whole_records(source: IO[bytes]) -> Iterator[bytes]:
    """Blocks that end where a record ends."""
    rest = b""
    while block := source.read(BLOCK):
        block = rest + block
        end = _last_end(np.frombuffer(block, dtype=np.uint8))
        rest = block[end:]
        if end:
            yield block[:end]
    if rest:
        yield rest + b"\n"


def _last_end(block: NDArray[np.uint8]) -> int:
    ends, _ = _outside(block, _NEWLINE)
    return int(ends[-1]) + 1 if ends.size else 0


def _outside(block: NDArray[np.uint8], byte: int) -> tuple[Positions, Positions]:
    """Positions of a byte outside of quotes, and of the quotes."""
    found = np.flatnonzero(block == byte)
    quotes = np.flatnonzero(block == _QUOTE)
    if quotes.size:
        found = found[np.searchsorted(quotes, found) % 2 == 0]
    return found, quotes


def _read_block(
    content: bytes, delimiter: str, width: int, layout: Layout, target: IO[bytes] | None
) -> None:
    block = np.frombuffer(content, dtype=np.uint8)
    ends, quotes = _outside(block, _NEWLINE)
    _require_well_formed(block, quotes, ord(delimiter))
    starts = np.concatenate(([0], ends[:-1] + 1))
    cuts, _ = _outside(block, ord(delimiter))
    counts = np.diff(np.searchsorted(cuts, ends), prepend=0)
    lengths = ends - starts
    lengths -= (lengths > 0) & (block[ends - 1] == _RETURN)
    odd = np.flatnonzero((counts != width - 1) | (lengths == 0))
    kept = 0
    for index in odd.tolist():
        start, end = int(starts[index]), int(ends[index]) + 1
        record = content[start:end].decode("utf-8")
        layout.irregular[layout.records + index] = next(
            csv.reader([record], delimiter=delimiter)
        )
        if target:
            target.write(content[kept:start])
        kept = end
    if target:
        target.write(content[kept:])
    layout.records += len(ends)


def _require_well_formed(
    block: NDArray[np.uint8], quotes: Positions, delimiter: int
) -> None:
    if quotes.size % 2:
        raise Malformed("a quote is not closed")
    returned, _ = _outside(block, _RETURN)
    if (block[np.minimum(returned + 1, block.size - 1)] != _NEWLINE).any():
        raise Malformed("a line ends in CR alone")
    if not quotes.size:
        return
    opening, closing = quotes[::2], quotes[1::2]
    before = block[opening - 1]
    allowed = (before == delimiter) | (before == _NEWLINE) | (opening == 0)
    allowed[1:] |= opening[1:] == closing[:-1] + 1
    after = block[np.minimum(closing + 1, block.size - 1)]
    ended = (after == delimiter) | (after == _NEWLINE) | (after == _RETURN)
    ended[:-1] |= opening[1:] == closing[:-1] + 1
    if not (allowed.all() and ended.all()):
        raise Malformed("a quote stands inside a cell")
