"""The cells of an XLSX sheet, in one pass over its part and in bounded memory.

What Excel and its kin write is read by one expression, what others write (prefixed names,
attributes in another order) by a slower one; both give the same.
"""

from __future__ import annotations

import codecs
import re
import zipfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from functools import partial
from typing import Final, TypeAlias

from ckanext.gpo.intake.grid import Cell
from ckanext.gpo.intake.kinds.limits import Limits
from ckanext.gpo.intake.kinds.tally import Tally
from ckanext.gpo.intake.steps import IntakeError, Place

from .dates import parse_date_pattern
from .formats import Reader, reader
from .frame import ATTRIBUTE, XmlFrame, column_number, is_true
from .numbers import parse_number, shown_digits
from .package import Package, read_chunks
from .shapes import Convert, Shapes
from .strings import decode_escapes, has_escapes, plain_text, unescape
from .view import StoredRow

_Raw: TypeAlias = tuple[str, str, str, str]
"""Letters of the column, other attributes, its value alone, or all that is in the cell."""

_CELL: Final = re.compile(
    r'<c r="([A-Z]+)\d+"([^/>]*)(?:/>|>(?:<v>([^<]*)</v></c>|(.*?)</c>))', re.DOTALL
)
_PLAIN_CELL: Final = re.compile(r'<c r="([A-Z]+)[0-9]+"([^>]*)><v>([^<]+)</v></c>')
_ANY_CELL: Final = re.compile(
    r"<(?:\w+:)?c((?:\s[^>]*?)?)(?:/>|>(.*?)</(?:\w+:)?c>)", re.DOTALL
)
_VALUE: Final = re.compile(r"<(?:\w+:)?v(?:\s[^>]*)?>([^<]*)</")
_FORMULA: Final = re.compile(r"<(?:\w+:)?f\b[^<>]*?(?:/>|>([^<]*)<)")
_EXTERNAL: Final = re.compile(r"\[\d+\]")
_LETTERS: Final = re.compile(r"[A-Z]{1,3}")
_PENDING: Final = 4 << 20
"""Characters without the end of a row after which it is looked at what they are."""


@dataclass
class CellReader:
    """One reading of a sheet; what is noteworthy goes to `tally`."""

    archive: zipfile.ZipFile
    part: str
    sheet: str
    package: Package
    strings: Sequence[str | None]
    frame: XmlFrame
    limits: Limits
    tally: Tally
    _styles: dict[str, tuple[str, Reader | None]] = field(
        default_factory=dict[str, "tuple[str, Reader | None]"]
    )
    _converters: dict[tuple[str, str], tuple[int, Convert]] = field(
        default_factory=dict["tuple[str, str]", "tuple[int, Convert]"]
    )
    _escaped: frozenset[int] = frozenset()

    def __post_init__(self) -> None:
        self._escaped = frozenset(
            index
            for index, text in enumerate(self.strings)
            if text and ("\r" in text or has_escapes(text))
        )
        self._shapes = Shapes(self._converter)

    def rows(self) -> Iterator[StoredRow]:
        """Every row that is in the part, with or without cells."""
        decoder = codecs.getincrementaldecoder("utf-8")()
        opening, closing = f"<{self.frame.prefix}row", f"</{self.frame.prefix}row>"
        number, rest = 0, ""
        for chunk in read_chunks(self.archive, self.part):
            rest += decoder.decode(chunk)
            *markups, rest = rest.split(closing)
            for markup in markups:
                # Rows without cells stand before the one that has some
                *blank, (head, body) = [
                    part.partition(">")[::2] for part in markup.split(opening)[1:]
                ]
                for other, _ in blank:
                    number = self._number(other, number)
                    yield number, False, []
                number = self._number(head, number)
                hidden = "hidden=" in head and is_true(
                    dict(ATTRIBUTE.findall(head)).get("hidden")
                )
                yield number, hidden, self._cells(number, body)
            if len(rest) > _PENDING:
                # A range of formatted rows, all without cells
                *blank_heads, last = rest.split(opening)
                for head in blank_heads[1:]:
                    number = self._number(head, number)
                    yield number, False, []
                rest = opening + last
                self._check_length(number + 1, len(rest))
        for head in rest.split(opening)[1:]:
            number = self._number(head, number)
            yield number, False, []

    def _check_length(self, number: int, length: int) -> None:
        limit = self.limits.record
        if length > limit:
            place = self._place(number)
            raise IntakeError("record-too-long", place, line=number, limit=limit)

    def _place(self, row: int, column: int | None = None) -> Place:
        return Place(self.sheet, row, column)

    def _number(self, head: str, previous: int) -> int:
        start = head.find(' r="')
        if start >= 0:
            return int(head[start + 4 : head.index('"', start + 4)])
        return int(dict(ATTRIBUTE.findall(head)).get("r", previous + 1))

    def _cells(self, number: int, body: str) -> list[Cell]:
        cells = self._shapes.read(number, body)
        if cells is not None:
            return cells
        plain: Sequence[tuple[str, str, str]] = _PLAIN_CELL.findall(body)
        if self.frame.prefix or body.count("<c") != len(plain) + body.count('"/>'):
            return self._mixed_cells(number, body)
        if plain:
            self._shapes.learn(body)
        cells = list[Cell]()
        for letters, attributes, value in plain:
            column, convert = self._converter(letters, attributes)
            cells.extend([None] * (column - len(cells)))
            cells[column - 1] = convert(number, value)
        return cells

    def _mixed_cells(self, number: int, body: str) -> list[Cell]:
        """The cells of a row of which some are more than a value."""
        raw: Sequence[_Raw] = _CELL.findall(body)
        if self.frame.prefix or body.count("<c") != len(raw):
            raw = list(self._any_cells(body))
        cells: list[Cell] = []
        for letters, attributes, value, inner in raw:
            if not value and not inner:
                continue
            column, convert = self._converter(letters, attributes)
            if inner:
                kind = self._style(attributes)[0]
                cell = self._complex(number, column, kind, convert, inner)
            else:
                cell = convert(number, value)
            if cell is not None:
                cells.extend([None] * (column - len(cells)))
                cells[column - 1] = cell
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

    def _style(self, attributes: str) -> tuple[str, Reader | None]:
        """The type of a cell, `moment` for a number that is a date; its format's reader."""
        if attributes not in self._styles:
            values = dict(ATTRIBUTE.findall(attributes))
            index, formats = int(values.get("s", 0)), self.package.formats
            code = formats[index] if index < len(formats) else "General"
            kind = values.get("t", "n")
            if kind == "n" and parse_date_pattern(code):
                kind = "moment"
            read = reader(code, date1904=self.package.date1904)
            self._styles[attributes] = kind, read
        return self._styles[attributes]

    def _converter(self, letters: str, attributes: str) -> tuple[int, Convert]:
        """The column of a cell, and what makes a cell of its value."""
        key = letters, attributes
        if key not in self._converters:
            column = column_number(letters)
            if column > self.limits.columns:
                limit = self.limits.columns
                raise IntakeError("columns-too-many", Place(self.sheet), limit=limit)
            kind, read = self._style(attributes)
            self._converters[key] = column, self._convert(column, kind, read)
        return self._converters[key]

    def _convert(self, column: int, kind: str, read: Reader | None) -> Convert:
        match kind:
            case "s":
                return self._shared(column)
            case "n":
                return self._numeric(column, read)
            case "moment":
                return partial(_moment, read)
            case "e":
                return partial(self._error, column)
            case "b" | "d":
                return lambda _, value: (
                    is_true(value) if kind == "b" else _iso_moment(value)
                )
            case _:
                return lambda row, value: self._text(row, column, unescape(value))

    def _shared(self, column: int) -> Convert:
        strings, escaped = self.strings, self._escaped

        def convert(row: int, value: str) -> Cell:
            index = int(value)
            text = strings[index]
            return self._text(row, column, text or "") if index in escaped else text

        def convert_plain(row: int, value: str) -> Cell:
            return strings[int(value)]

        return convert if escaped else convert_plain

    def _numeric(self, column: int, read: Reader | None) -> Convert:
        def convert(row: int, value: str) -> Cell:
            number = parse_number(value)
            if number is None:
                return unescape(value)
            if isinstance(number, float) and len(value) > 16:
                rounded = shown_digits(number)
                if rounded != number:
                    place = self._place(row, column)
                    self.tally.add("digits-rounded", place, value=value)
                    number = int(rounded) if rounded.is_integer() else rounded
            return number if read is None else read(number)

        return convert

    def _error(self, column: int, row: int, value: str) -> Cell:
        self.tally.add("error-values", self._place(row, column), value=value)
        return None if self.tally.allows("error-values") else value

    def _complex(
        self, row: int, column: int, kind: str, convert: Convert, inner: str
    ) -> Cell:
        """A cell that holds more than its value: a formula, or its own text."""
        if kind == "inlineStr":
            return self._text(row, column, plain_text(inner))
        match = _VALUE.search(inner)
        value = match[1] if match else ""
        formula = _FORMULA.search(inner)
        if formula:
            if _EXTERNAL.search(formula[1] or ""):
                self.tally.add("external-values", self._place(row, column), value=value)
            if not value and (kind != "str" or not match):
                text = "=" + unescape(formula[1] or "")
                place = self._place(row, column)
                self.tally.add("formula-without-value", place, value=text)
        return convert(row, value) if value else None

    def _text(self, row: int, column: int, text: str) -> str | None:
        if has_escapes(text):
            self.tally.add("escapes-read", self._place(row, column))
            return decode_escapes(text)
        if "\r" in text:
            self.tally.add("cell-line-breaks-joined", self._place(row, column))
        return text.replace("\r\n", "\n").replace("\r", "\n") or None


def _moment(read: Reader | None, row: int, value: str) -> Cell:
    number = parse_number(value)
    return unescape(value) if number is None or read is None else read(number)


def _iso_moment(text: str) -> date | datetime | str:
    try:
        return (
            date.fromisoformat(text)
            if len(text) == 10
            else datetime.fromisoformat(text)
        )
    except ValueError:
        return text


def _letters(column: int) -> str:
    letters = ""
    while column:
        column, rest = divmod(column - 1, 26)
        letters = chr(65 + rest) + letters
    return letters
