"""The cells of an XLSX sheet, in one pass over its part and in bounded memory.

Rows that look alike are read many at a time (`shapes`). Others are read cell by cell: what
Excel and its kin write by one expression, what others write (prefixed names, attributes in
another order) by a slower one; all give the same.
"""

from __future__ import annotations

import codecs
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import repeat
from typing import Any, Final, TypeAlias

from ckanext.gpo.intake.grid import Block, Cell
from ckanext.gpo.intake.steps import IntakeError

from .conversions import INLINE, Conversion, Conversions
from .frame import ATTRIBUTE, XmlFrame, column_number, is_true
from .shapes import Piece, Shape
from .strings import plain_text, unescape
from .view import StoredRow

_Raw: TypeAlias = tuple[str, str, str, str]
"""Letters of the column, other attributes, its value alone, or all that is in the cell."""

_CELL: Final = re.compile(
    r'<c r="([A-Z]+)\d+"([^/>]*)(?:/>|>(?:<v>([^<]*)</v></c>|(.*?)</c>))', re.DOTALL
)
_ANY_CELL: Final = re.compile(
    r"<(?:\w+:)?c((?:\s[^>]*?)?)(?:/>|>(.*?)</(?:\w+:)?c>)", re.DOTALL
)
_VALUE: Final = re.compile(r"<(?:\w+:)?v(?:\s[^>]*)?>([^<]*)</")
_FORMULA: Final = re.compile(r"<(?:\w+:)?f\b[^<>]*?(?:/>|>([^<]*)<)")
_EXTERNAL: Final = re.compile(r"\[\d+\]")
_LETTERS: Final = re.compile(r"[A-Z]{1,3}")
_PENDING: Final = 4 << 20
"""Characters without the end of a row after which it is looked at what they are."""

ALIKE: Final = 16
"""Rows in a piece of a sheet from which on it is worth while to look for a shape."""

_SHAPES: Final = 8
"""So many shapes are tried at most on a sheet whose rows have none."""


@dataclass
class CellReader:
    """One reading of a sheet."""

    chunks: Iterable[bytes]
    frame: XmlFrame
    conversions: Conversions
    _shape: Shape | None = None
    _tries: int = 0
    _number: int = 0
    """The row that was read last."""

    def rows(self) -> Iterator[StoredRow | Block]:
        """Every row that is in the part, with or without cells."""
        decoder = codecs.getincrementaldecoder("utf-8")()
        closing, rest = self._closing, ""
        for chunk in self.chunks:
            rest += decoder.decode(chunk)
            end = rest.rfind(closing) + len(closing)
            if end >= len(closing):
                yield from self._piece(rest[:end])
                rest = rest[end:]
            if len(rest) > _PENDING:
                # A range of formatted rows, all without cells
                *blank, last = rest.split(self._opening)
                yield from self._blank_rows(blank[1:])
                rest = self._opening + last
                self._check_length(len(rest))
        yield from self._blank_rows(rest.split(self._opening)[1:])

    @property
    def _opening(self) -> str:
        return f"<{self.frame.prefix}row"

    @property
    def _closing(self) -> str:
        return f"</{self.frame.prefix}row>"

    def _check_length(self, length: int) -> None:
        limit = self.conversions.limits.record
        if length > limit:
            number = self._number + 1
            place = self.conversions.place(number)
            raise IntakeError("record-too-long", place, line=number, limit=limit)

    # Rows that look alike

    def _piece(self, markup: str) -> Iterator[StoredRow | Block]:
        """Whole rows: those of the sheet's shape at once, the others one by one."""
        if self._shape is None:
            is_worth_while = self._tries < _SHAPES and not self.frame.prefix
            if not is_worth_while or markup.count(self._closing) < ALIKE:
                yield from self._other_rows(markup)
                return
            self._shape = Shape.learn(markup, self.conversions.limits.columns)
            self._tries += 1
        shape = self._shape
        piece = shape.split(markup)
        others = sum(gap.count(self._closing) for gap in piece.gaps if gap)
        if len(piece.numbers) < others:
            self._shape = None
        yield from self._alike_rows(shape, piece)

    def _alike_rows(self, shape: Shape, piece: Piece) -> Iterator[StoredRow | Block]:
        conversions = [
            self.conversions.conversion(column.letters, column.attributes)
            for column in shape.columns
        ]
        width = conversions[-1].column if conversions else 0
        columns: list[Sequence[Cell]] = [[None] * len(piece.numbers)] * width
        noted: list[Conversion] = []
        for conversion, values in zip(conversions, piece.columns, strict=True):
            cells = _converted(conversion, values)
            if cells is None:
                noted.append(conversion)
            columns[conversion.column - 1] = values if cells is None else cells
        hidden = {head: _is_hidden(head) for head in set(piece.heads)}
        cuts = [place for place, gap in enumerate(piece.gaps) if gap]
        if (
            len(piece.numbers) >= ALIKE * (len(cuts) + 1)
            and not noted
            and not self.frame.hidden_columns
            and not any(hidden.values())
            and any(None not in column for column in columns)
        ):
            yield from self._blocks(Block(piece.numbers, columns), piece.gaps, cuts)
            return
        rows = zip(*columns, strict=True) if columns else repeat(())
        for gap, number, head, cells in zip(
            piece.gaps, piece.numbers, piece.heads, rows, strict=False
        ):
            if gap:
                yield from self._other_rows(gap)
            self._number = number
            yield (
                number,
                hidden[head],
                _completed(number, cells, noted) if noted else cells,
            )
        yield from self._other_rows(piece.gaps[-1])

    def _blocks(
        self, block: Block, gaps: Sequence[str], cuts: Sequence[int]
    ) -> Iterator[StoredRow | Block]:
        """Rows at once, cut where others stand between them."""
        start = 0
        for cut in cuts:
            if cut > start:
                yield self._part(block, start, cut)
            yield from self._other_rows(gaps[cut])
            start = cut
        if start < len(block.numbers):
            yield self._part(block, start, len(block.numbers))

    def _part(self, block: Block, first: int, end: int) -> Block:
        self._number = block.numbers[end - 1]
        return block.part(first, end)

    # Any rows

    def _other_rows(self, markup: str) -> Iterator[StoredRow]:
        """Whole rows, cell by cell."""
        *rows, rest = markup.split(self._closing)
        for row in rows:
            # Rows without cells stand before the one that has some
            *blank, last = row.split(self._opening)[1:]
            yield from self._blank_rows(blank)
            head, _, body = last.partition(">")
            number = self._next_number(head)
            yield number, _is_hidden(head), self._cells(number, body)
        yield from self._blank_rows(rest.split(self._opening)[1:])

    def _blank_rows(self, heads: Sequence[str]) -> Iterator[StoredRow]:
        for head in heads:
            yield self._next_number(head.partition(">")[0]), False, []

    def _next_number(self, head: str) -> int:
        start = head.find(' r="')
        if start >= 0:
            self._number = int(head[start + 4 : head.index('"', start + 4)])
        else:
            values = dict(ATTRIBUTE.findall(head))
            self._number = int(values.get("r", self._number + 1))
        return self._number

    def _cells(self, number: int, body: str) -> list[Cell]:
        raw: Sequence[_Raw] = _CELL.findall(body)
        if self.frame.prefix or body.count("<c") != len(raw):
            raw = list(self._any_cells(body))
        cells: list[Cell] = []
        for letters, attributes, value, inner in raw:
            if not value and not inner:
                continue
            conversion = self.conversions.conversion(letters, attributes)
            if inner:
                cell = self._complex(number, conversion, inner)
            else:
                cell = conversion.one(number, value)
            if cell is not None:
                cells.extend([None] * (conversion.column - len(cells)))
                cells[conversion.column - 1] = cell
        return cells

    def _any_cells(self, body: str) -> Iterator[_Raw]:
        column = 0
        for attributes, inner in _ANY_CELL.findall(body):
            values = dict(ATTRIBUTE.findall(attributes))
            match = _LETTERS.match(values.get("r", ""))
            letters = match[0] if match else _letters(column + 1)
            column = column_number(letters)
            others = "".join(f' {key}="{values[key]}"' for key in "st" if key in values)
            yield letters, others, "", inner

    def _complex(self, row: int, conversion: Conversion, inner: str) -> Cell:
        """A cell that holds more than its value: a formula, or its own text."""
        column, kind = conversion.column, conversion.kind
        if kind == INLINE:
            return self.conversions.text(row, column, plain_text(inner))
        match = _VALUE.search(inner)
        value = match[1] if match else ""
        formula = _FORMULA.search(inner)
        if formula:
            self._note_formula(row, conversion, formula[1] or "", value, match is None)
        return conversion.one(row, value) if value else None

    def _note_formula(
        self, row: int, conversion: Conversion, formula: str, value: str, is_bare: bool
    ) -> None:
        place, tally = (
            self.conversions.place(row, conversion.column),
            self.conversions.tally,
        )
        if _EXTERNAL.search(formula):
            tally.add("external-values", place, value=value)
        if not value and (conversion.kind != "str" or is_bare):
            text = "=" + unescape(formula)
            tally.add("formula-without-value", place, value=text)


def _converted(
    conversion: Conversion, values: Sequence[str | None]
) -> Sequence[Cell] | None:
    """The cells of a column; None if there is something to tell of one of them."""
    has_blanks = None in values
    filled: Any = [value for value in values if value] if has_blanks else values
    try:
        cells = conversion.many(filled)
    except (ValueError, IndexError):
        # What is damaged fails where it stands
        return None
    if cells is None or not has_blanks:
        return cells
    remaining = iter(cells)
    return [None if value is None else next(remaining) for value in values]


def _completed(
    number: int, cells: Sequence[Cell], noted: Sequence[Conversion]
) -> Sequence[Cell]:
    """A row with those cells that there is something to tell of made of their values."""
    completed: list[Any] = list(cells)
    for conversion in noted:
        value = completed[conversion.column - 1]
        if value is not None:
            completed[conversion.column - 1] = conversion.one(number, value)
    return completed


def _is_hidden(head: str) -> bool:
    return "hidden=" in head and is_true(dict(ATTRIBUTE.findall(head)).get("hidden"))


def _letters(column: int) -> str:
    letters = ""
    while column:
        column, rest = divmod(column - 1, 26)
        letters = chr(65 + rest) + letters
    return letters
