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
"""Bytes whose records are looked at together."""

_GLANCE = 1 << 18
"""Bytes that are looked at together where they are but counted."""

_NEWLINE, _RETURN, _QUOTE = 10, 13, 34

Positions = NDArray[np.intp]


class Malformed(ValueError):  # noqa: N818 - says what it is
    """Quotes or line ends are such that only a CSV reader can say where a cell ends."""


@dataclass
class Layout:
    """The records of a file, without its header."""

    records: int = 0
    irregular: dict[int, list[str]] = field(default_factory=dict[int, list[str]])
    """Record (0 the first) → cells, of records that are blank or of a wrong length."""


@dataclass(frozen=True)
class Survey:
    """What a glance at the bytes tells."""

    lines: int
    delimiters: int
    quotes: bool
    returns: bool
    """Every line ends in CR LF."""


def survey(path: Path, delimiter: str) -> Survey:
    """Count lines and delimiters, and look for quotes.

    :raises Malformed: CR LF and LF, or CR alone, end lines in one file
    """
    lines = delimiters = quotes = returns = pairs = 0
    last = -1
    for block in _blocks(path):
        lines += int(np.count_nonzero(block == _NEWLINE))
        delimiters += int(np.count_nonzero(block == ord(delimiter)))
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
    return Survey(lines, delimiters, bool(quotes), bool(returns))


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


def records_at(
    path: Path, delimiter: str, numbers: Positions
) -> Iterator[tuple[int, list[str]]]:
    """The cells of some records of a well-formed file, in the order of the file.

    :param numbers: of the records, 0 the first after the header; in order
    """
    if not numbers.size:
        return
    first = 0
    with path.open("rb") as source:
        source.readline()
        for block in _whole_records(source):
            block_numbers = numbers[
                (numbers >= first) & (numbers < first + len(block.ends))
            ]
            for number in block_numbers.tolist():
                end = int(block.ends[number - first]) + 1
                start = int(block.ends[number - first - 1]) + 1 if number > first else 0
                record = block.content[start:end].decode("utf-8")
                yield number, next(csv.reader([record], delimiter=delimiter))
            first += len(block.ends)


def _blocks(path: Path) -> Iterator[NDArray[np.uint8]]:
    with path.open("rb") as source:
        while block := source.read(_GLANCE):
            yield np.frombuffer(block, dtype=np.uint8)


@dataclass
class _Block:
    """Whole records, and the positions that tell them apart."""

    content: bytes
    quotes: Positions
    ends: Positions

    @property
    def array(self) -> NDArray[np.uint8]:
        return np.frombuffer(self.content, dtype=np.uint8)

    def unquoted(self, byte: int) -> Positions:
        """Where a byte stands outside of quotes."""
        return _unquoted(self.array, byte, self.quotes)


def _whole_records(source: IO[bytes]) -> Iterator[_Block]:
    """Blocks that end where a record ends."""
    rest = b""
    while block := source.read(BLOCK):
        content = rest + block
        array = np.frombuffer(content, dtype=np.uint8)
        quotes = np.flatnonzero(array == _QUOTE)
        ends = _unquoted(array, _NEWLINE, quotes)
        end = int(ends[-1]) + 1 if ends.size else 0
        rest = content[end:]
        if end:
            yield _Block(content[:end], quotes[quotes < end], ends)
    if rest:
        content = rest + b"\n"
        quotes = np.flatnonzero(np.frombuffer(content, dtype=np.uint8) == _QUOTE)
        yield _Block(content, quotes, np.array([len(rest)]))


def _unquoted(block: NDArray[np.uint8], byte: int, quotes: Positions) -> Positions:
    places = np.flatnonzero(block == byte)
    if quotes.size:
        places = places[np.searchsorted(quotes, places) % 2 == 0]
    return places


def _read_block(
    block: _Block,
    delimiter: str,
    width: int,
    layout: Layout,
    target: IO[bytes] | None,
) -> None:
    content, array, ends = block.content, block.array, block.ends
    _require_well_formed(block, ord(delimiter))
    starts = np.concatenate(([0], ends[:-1] + 1))
    cuts = block.unquoted(ord(delimiter))
    counts = np.diff(np.searchsorted(cuts, ends), prepend=0)
    lengths = ends - starts
    lengths -= (lengths > 0) & (array[ends - 1] == _RETURN)
    odd = np.flatnonzero((counts != width - 1) | (lengths == 0))
    consumed = 0
    for index in odd.tolist():
        start, end = int(starts[index]), int(ends[index]) + 1
        record = content[start:end].decode("utf-8")
        layout.irregular[layout.records + index] = next(
            csv.reader([record], delimiter=delimiter)
        )
        if target:
            target.write(content[consumed:start])
        consumed = end
    if target:
        target.write(content[consumed:])
    layout.records += len(ends)


def _require_well_formed(block: _Block, delimiter: int) -> None:
    array, quotes = block.array, block.quotes
    if quotes.size % 2:
        raise Malformed("a quote is not closed")
    returned = block.unquoted(_RETURN)
    if (array[np.minimum(returned + 1, array.size - 1)] != _NEWLINE).any():
        raise Malformed("a line ends in CR alone")
    if not quotes.size:
        return
    opening, closing = quotes[::2], quotes[1::2]
    preceding = array[opening - 1]
    allowed = (preceding == delimiter) | (preceding == _NEWLINE) | (opening == 0)
    allowed[1:] |= opening[1:] == closing[:-1] + 1
    following = array[np.minimum(closing + 1, array.size - 1)]
    ended = (following == delimiter) | (following == _NEWLINE) | (following == _RETURN)
    ended[:-1] |= opening[1:] == closing[:-1] + 1
    if not (allowed.all() and ended.all()):
        raise Malformed("a quote stands inside a cell")
