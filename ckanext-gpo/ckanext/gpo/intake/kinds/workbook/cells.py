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
_FORMULA: Final = re.compile(r"<(?:\w+:)?f\b[^>]*?(?:/>|>([^<]*)<)")
_EXTERNAL: Final = re.compile(r"\[\d+\]")
_LETTERS: Final = re.compile(r"[A-Z]+")


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
    _styles: dict[str, tuple[str, Reader | None]] = field(default_factory=dict)
    _columns: dict[str, int] = field(default_factory=dict)
    _escaped: frozenset[int] = frozenset()

    def __post_init__(self) -> None:
        self._escaped = frozenset(
            index
            for index, text in enumerate(self.strings)
            if text and ("\r" in text or has_escapes(text))
        )

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
        for head in rest.split(opening)[1:]:
            number = self._number(head.partition(">")[0], number)
            yield number, False, []

    def _place(self, row: int, column: int | None = None) -> Place:
        return Place(self.sheet, row, column)

    def _number(self, head: str, before: int) -> int:
        start = head.find(' r="')
        if start >= 0:
            return int(head[start + 4 : head.index('"', start + 4)])
        return int(dict(ATTRIBUTE.findall(head)).get("r", before + 1))

    def _cells(self, number: int, body: str) -> list[Cell]:
        raw: Sequence[tuple[str, str, str]] = _PLAIN_CELL.findall(body)
        blank = body.count('"/>')
        if self.frame.prefix or body.count("<c") != len(raw) + blank:
            return self._mixed_cells(number, body)
        cells: list[Cell] = []
        strings, styles, columns = self.strings, self._styles, self._columns
        escaped, following = self._escaped, 1
        for letters, attributes, value in raw:
            column = columns.get(letters) or self._column(letters, number)
            kind, read = styles.get(attributes) or self._style(attributes)
            if column != following:
                cells.extend([None] * (column - following))
            following = column + 1
            if kind == "s":
                index = int(value)
                cell = strings[index]
                if index in escaped:
                    cell = self._text(number, column, cell or "")
            elif kind != "n":
                cell = self._other(number, column, kind, read, value)
            elif value.isdecimal():
                cell = int(value) if read is None else read(int(value))
            else:
                cell = self._numeric(number, column, read, value)
            cells.append(cell)
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
            column = self._columns.get(letters) or self._column(letters, number)
            kind, read = self._styles.get(attributes) or self._style(attributes)
            if inner:
                cell = self._complex(number, column, kind, read, inner)
            else:
                cell = self._other(number, column, kind, read, value)
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

    def _column(self, letters: str, row: int) -> int:
        column = self._columns[letters] = column_number(letters)
        if column > self.limits.columns:
            limit = self.limits.columns
            raise IntakeError("columns-too-many", self._place(row, column), limit=limit)
        return column

    def _style(self, attributes: str) -> tuple[str, Reader | None]:
        values = dict(ATTRIBUTE.findall(attributes))
        index, formats = int(values.get("s", 0)), self.package.formats
        code = formats[index] if index < len(formats) else "General"
        kind = values.get("t", "n")
        if kind == "n" and parse_date_pattern(code):
            kind = "moment"
        style = kind, reader(code, date1904=self.package.date1904)
        self._styles[attributes] = style
        return style

    def _complex(
        self, row: int, column: int, kind: str, read: Reader | None, inner: str
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
        return self._other(row, column, kind, read, value) if value else None

    def _other(
        self, row: int, column: int, kind: str, read: Reader | None, value: str
    ) -> Cell:
        """A value by the kind of its cell."""
        match kind:
            case "n":
                return self._numeric(row, column, read, value)
            case "moment":
                number = parse_number(value)
                return unescape(value) if number is None or not read else read(number)
            case "b":
                return is_true(value)
            case "e":
                self.tally.add("error-values", self._place(row, column), value=value)
                return None if self.tally.allows("error-values") else value
            case "d":
                return _iso_moment(value)
            case _:
                shared = kind == "s"
                text = self.strings[int(value)] if shared else unescape(value)
                return self._text(row, column, text or "")

    def _numeric(self, row: int, column: int, read: Reader | None, value: str) -> Cell:
        number = parse_number(value)
        if number is None:
            return unescape(value)
        if isinstance(number, float) and len(value) > 16:
            shown = shown_digits(number)
            if shown != number:
                self.tally.add("digits-rounded", self._place(row, column), value=value)
                number = int(shown) if shown.is_integer() else shown
        return number if read is None else read(number)

    def _text(self, row: int, column: int, text: str) -> str | None:
        if has_escapes(text):
            self.tally.add("escapes-read", self._place(row, column))
            return decode_escapes(text)
        if "\r" in text:
            self.tally.add("cell-line-breaks-joined", self._place(row, column))
        return text.replace("\r\n", "\n").replace("\r", "\n") or None


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
