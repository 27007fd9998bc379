"""Stored values of an XLSX sheet as cells: by the type, format and strings of the workbook."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from functools import lru_cache, partial
from typing import Any, Final, TypeAlias

from ckanext.gpo.intake.grid import Cell
from ckanext.gpo.intake.kinds.limits import Limits
from ckanext.gpo.intake.kinds.tally import Tally
from ckanext.gpo.intake.steps import IntakeError, Place

from .dates import parse_date_pattern
from .formats import DAYS, Reader, reader
from .frame import ATTRIBUTE, column_number, is_true
from .numbers import parse_number, parse_numbers, shown_digits
from .package import Package
from .strings import SharedStrings, decode_escapes, has_escapes, unescape

Convert: TypeAlias = Callable[[int, str], Cell]
"""Makes a cell of the number of its row and its stored value; tells the tally."""

ConvertMany: TypeAlias = Callable[[Sequence[str]], Sequence[Cell] | None]
"""The same for many values, if there is nothing to tell of any of them; else None."""

INLINE: Final = "inlineStr"
"""The type of a cell that holds its own text as markup."""

_EXACT_LENGTH: Final = 16
"""Characters of a stored number that surely has no digits beyond those that are shown."""


@dataclass(frozen=True)
class Conversion:
    """From the stored values of a column's cells with certain attributes to cells."""

    column: int
    kind: str
    one: Convert
    many: ConvertMany


@dataclass
class Conversions:
    """The conversions of one sheet; what is noteworthy goes to `tally`."""

    sheet: str
    package: Package
    strings: SharedStrings
    limits: Limits
    tally: Tally
    _conversions: dict[tuple[str, str], Conversion] = field(
        default_factory=dict["tuple[str, str]", Conversion]
    )

    def conversion(self, letters: str, attributes: str) -> Conversion:
        """For cells in the column of these letters, with these other attributes.

        :raises IntakeError: `columns-too-many`
        """
        key = letters, attributes
        if key not in self._conversions:
            column = column_number(letters)
            if column > self.limits.columns:
                limit = self.limits.columns
                raise IntakeError("columns-too-many", Place(self.sheet), limit=limit)
            self._conversions[key] = self._make(column, *self._style(attributes))
        return self._conversions[key]

    def place(self, row: int, column: int | None = None) -> Place:
        return Place(self.sheet, row, column)

    def text(self, row: int, column: int, text: str) -> str | None:
        """A text as its cell shows it; None if it is empty."""
        if has_escapes(text):
            self.tally.add("escapes-read", self.place(row, column))
            return decode_escapes(text)
        if "\r" in text:
            self.tally.add("cell-line-breaks-joined", self.place(row, column))
        return text.replace("\r\n", "\n").replace("\r", "\n") or None

    def _style(self, attributes: str) -> tuple[str, Reader | None]:
        """The type of a cell, `moment` for a number that is a date; its format's reader."""
        values = dict(ATTRIBUTE.findall(attributes))
        index, formats = int(values.get("s", 0)), self.package.formats
        code = formats[index] if index < len(formats) else "General"
        kind = values.get("t", "n")
        if kind == "n" and parse_date_pattern(code):
            kind = "moment"
        return kind, reader(code, date1904=self.package.date1904)

    def _make(self, column: int, kind: str, read: Reader | None) -> Conversion:
        constant: dict[str, Callable[[str], Cell]] = {
            "moment": partial(_moment, read),
            "b": is_true,
            "d": _iso_moment,
        }
        if kind in constant:
            # There is never anything to tell of these
            cached = lru_cache(DAYS)(constant[kind])
            one: Convert = lambda _, value: cached(value)  # noqa: E731
            return Conversion(
                column, kind, one, lambda values: list(map(cached, values))
            )
        ways: dict[str, tuple[Convert, ConvertMany]] = {
            "s": (partial(self._shared, column), self._many_shared),
            "n": (partial(self._numeric, column, read), partial(_many_numeric, read)),
            "e": (partial(self._error, column), lambda _: None),
        }
        texts = partial(self._own_text, column), _many_texts
        return Conversion(column, kind, *ways.get(kind, texts))

    def _shared(self, column: int, row: int, value: str) -> Cell:
        index = int(value)
        text = self.strings.texts[index]
        if index in self.strings.escaped:
            return self.text(row, column, text or "")
        return text

    def _many_shared(self, values: Sequence[str]) -> Sequence[Cell] | None:
        indexes = list(map(int, values))
        escaped = self.strings.escaped
        if escaped and not escaped.isdisjoint(indexes):
            return None
        return list(map(self.strings.texts.__getitem__, indexes))

    def _numeric(self, column: int, read: Reader | None, row: int, value: str) -> Cell:
        number = parse_number(value)
        if number is None:
            return unescape(value)
        if isinstance(number, float) and len(value) > _EXACT_LENGTH:
            rounded = shown_digits(number)
            if rounded != number:
                self.tally.add("digits-rounded", self.place(row, column), value=value)
                number = int(rounded) if rounded.is_integer() else rounded
        return number if read is None else read(number)

    def _error(self, column: int, row: int, value: str) -> Cell:
        self.tally.add("error-values", self.place(row, column), value=value)
        return None if self.tally.allows("error-values") else value

    def _own_text(self, column: int, row: int, value: str) -> Cell:
        return self.text(row, column, unescape(value))


def _many_numeric(read: Reader | None, values: Sequence[str]) -> Sequence[Cell] | None:
    numbers = parse_numbers(values)
    if numbers is None or not _are_exact(values, numbers):
        return None
    return numbers if read is None else list(map(read, numbers))


def _are_exact(values: Sequence[str], numbers: Sequence[Any]) -> bool:
    """Whether all numbers are shown with all of their digits."""
    if float not in set(map(type, numbers)):
        return True
    long = [value for value in values if len(value) > _EXACT_LENGTH]
    exact = [number for number in parse_numbers(long) or () if type(number) is float]
    return list(map(shown_digits, exact)) == exact


def _many_texts(values: Sequence[str]) -> Sequence[Cell] | None:
    joined = "".join(values)
    is_plain = "&" not in joined and "\r" not in joined and "_x" not in joined
    return values if is_plain else None


def _moment(read: Reader | None, value: str) -> Cell:
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
