"""Cells of text columns."""

from __future__ import annotations

import re
from datetime import date, datetime, time, timedelta
from decimal import Decimal

from ckanext.gpo.common import formulas
from ckanext.gpo.intake.characters import half_width
from ckanext.gpo.intake.grid import Cell, DisplayedCell, Value

from .notes import Convert, Notes, Source
from .plain import plain
from .tidy import is_tidy, tidy

EXCEL_DIGITS = 15
"""A spreadsheet keeps so many digits of a number; the others it makes up."""

SHORT_TEXT = 100
"""A text of at most so many characters has one line."""

_MARKED = re.compile(r"'(\d[\w-]*)|=\"([^\"\n]*)\"", re.ASCII)
_EXPONENT = re.compile(r"\d(?:\.\d+)?[Ee]\+\d{2,}", re.ASCII)
_HIDDEN = re.compile(r"#{2,}")
_SEPARATORS = re.compile("[,，;\t|]")


def text_converter(notes: Notes, source: Source) -> Convert:
    """The converter of a string field."""
    return _Texts(notes, source).convert


class _Texts:
    def __init__(self, notes: Notes, source: Source) -> None:
        field = notes.column.field
        constraints = field.get("constraints", {})
        self._notes = notes
        self._source = source
        self._values = frozenset(map(str, constraints.get("enum", ())))
        self._is_code = "gpo:check" in field or bool(self._values)
        self._has_one_line = (
            self._is_code
            or "pattern" in constraints
            or constraints.get("maxLength", SHORT_TEXT + 1) <= SHORT_TEXT
        )

    def convert(self, cell: Cell, row: int) -> str:
        if type(cell) is str:
            if is_tidy(cell) and cell[:1] not in ("'", "=") and "E+" not in cell:
                return self._code(cell, row) if self._is_code else cell
            return self._text(cell, row)
        if cell is None:
            return ""
        return _typed(cell, row, self._notes)

    def _text(self, cell: str, row: int) -> str:
        is_download = self._source.is_download
        text = tidy(formulas.original(cell) if is_download else cell, row, self._notes)
        marked = None if is_download else _MARKED.fullmatch(text)
        if marked and self._notes.record("text-mark", row, cell):
            text = marked[1] or marked[2] or ""
        if _EXPONENT.fullmatch(text):
            self._notes.record("digits-lost", row, cell)
        if "\n" in text:
            self._check_lines(text, row)
        return self._code(text, row)

    def _code(self, text: str, row: int) -> str:
        """A code, or one of the values of a list, in half-width characters."""
        if not self._is_code or text.isascii() or text in self._values:
            return text
        half = half_width(text).strip()
        if half == text or (self._values and half not in self._values):
            return text
        return half if self._notes.record("half-width", row, text) else text

    def _check_lines(self, text: str, row: int) -> None:
        """An unclosed quotation mark swallows the rows below it into one text."""
        cells = max(2, self._source.width - 1)
        if not self._source.typed and any(
            len(_SEPARATORS.findall(line)) >= cells for line in text.split("\n")[1:]
        ):
            self._notes.record("rows-swallowed", row, text)
        elif self._has_one_line:
            self._notes.record("line-break", row, text)


def _typed(cell: Value | DisplayedCell, row: int, notes: Notes) -> str:
    value, display = (
        (cell.value, cell.text) if isinstance(cell, DisplayedCell) else (cell, None)
    )
    if isinstance(value, str):
        return tidy(display or value, row, notes)
    text = plain(value) if display is None else tidy(display, row, notes)
    if isinstance(value, bool):
        return text
    if isinstance(value, datetime | date | time | timedelta):
        notes.record("date-in-text", row, text)
        return text
    return _number(value, text, row, notes, is_shown=display is not None)


def _number(
    value: int | float | Decimal, text: str, row: int, notes: Notes, *, is_shown: bool
) -> str:
    stored = plain(value)
    if len(stored.lstrip("-0.").replace(".", "")) > EXCEL_DIGITS:
        notes.record("long-number", row, stored)
        return stored
    if is_shown and (_EXPONENT.fullmatch(text) or _HIDDEN.fullmatch(text)):
        notes.record("number-as-text", row, stored)
        return stored
    notes.record("shown-text" if is_shown else "number-as-text", row, text)
    return text
