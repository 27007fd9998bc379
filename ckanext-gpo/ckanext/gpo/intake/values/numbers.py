"""Cells of number and integer columns."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from datetime import date, time, timedelta
from decimal import Decimal, InvalidOperation
from typing import Any

from ckanext.gpo.intake.grid import Cell, DisplayedCell
from ckanext.gpo.intake.layout import field_unit
from ckanext.gpo.intake.units import declared_factor, ratio, split

from . import number_text
from .notes import Convert, Notes, Source
from .plain import plain
from .tidy import tidy

_WHOLE = re.compile(r"(-?\d+)\.0*", re.ASCII)
_NOT_A_NUMBER = re.compile(r"[+-]?(?:nan|inf(?:inity)?)", re.IGNORECASE)
_SHOWN_UNIT = re.compile(r".*\d\s*(%|[^\W\d_]+)")
OWN_FORMS = ("decimalChar", "groupChar", "bareNumber")

Scale = Callable[[str], str]


def number_converter(notes: Notes, source: Source) -> Convert:
    """The converter of a number or integer field."""
    return _Numbers(notes, source).convert


class _Numbers:
    def __init__(self, notes: Notes, source: Source) -> None:
        field = notes.column.field
        self._notes = notes
        self._source = source
        self._is_integer = field.get("type") == "integer"
        self._unit = field_unit(field)
        self._factor = notes.column.factor
        self._has_own_form = _own_form_reader(field)
        self._decimal_char = str(field.get("decimalChar", "."))
        self._is_plain = number_text.PLAIN.fullmatch
        self._is_fast = self._factor is None and not self._has_own_form

    def convert(self, cell: Cell, row: int) -> str:
        if type(cell) is str:
            if self._is_fast and self._is_plain(cell):
                if self._is_integer and "." in cell:
                    return self._text(cell, row)
                return cell
            return self._text(cell, row) if cell else ""
        if cell is None:
            return ""
        return self._typed(cell, row)

    def _text(self, cell: str, row: int) -> str:
        if self._has_own_form and self._factor is None and self._has_own_form(cell):
            return cell
        text = tidy(cell, row, self._notes)
        if not text or text.startswith("#"):
            return text
        if text in number_text.PLACEHOLDERS:
            is_blank = self._notes.record("placeholder-blank", row, cell)
            return "" if is_blank else text
        reading = number_text.read(text)
        if reading is None:
            self._note_unread(text, row, cell)
            return text
        number = self._number(reading, row, cell)
        return text if number is None else number

    def _note_unread(self, text: str, row: int, cell: str) -> None:
        if _NOT_A_NUMBER.fullmatch(text):
            self._notes.record("not-a-number", row, cell)
        elif number_text.is_doubtful(text):
            self._notes.record("number-doubtful", row, cell)

    def _number(self, reading: number_text.Reading, row: int, cell: str) -> str | None:
        """The number that was read; None if anything about it is held."""
        refusals = [code for code in reading.codes if not self._notes.permits(code)]
        for code in refusals:
            self._notes.record(code, row, cell)
        factor = self._unit_factor(reading.unit, row, cell)
        if refusals or factor is None:
            return None
        for code in reading.codes:
            self._notes.record(code, row, cell)
        return self._finish(reading.digits, factor, row, cell)

    def _typed(self, cell: Any, row: int) -> str:
        display = ""
        if isinstance(cell, DisplayedCell):
            cell, display = cell.value, cell.text
        if isinstance(cell, str):
            return self._text(cell, row)
        text = plain(cell)
        if isinstance(cell, bool | date | time | timedelta):
            return text
        if _NOT_A_NUMBER.fullmatch(text):
            self._notes.record("not-a-number", row, text)
            return text
        factor = self._factor
        if display and (match := _SHOWN_UNIT.fullmatch(display)):
            factor = self._shown_factor(match[1], row, display)
        if factor is not None:
            if factor == self._factor:
                self._note_converted(row, text)
            text = _times(text, factor)
        return text.replace(".", self._decimal_char)

    def _finish(self, digits: str, factor: Decimal, row: int, cell: str) -> str:
        number = digits if factor == 1 else _times(digits, factor)
        if self._is_integer and (whole := _WHOLE.fullmatch(number)):
            self._notes.record("number-form", row, cell)
            number = whole[1]
        return number.replace(".", self._decimal_char)

    def _unit_factor(self, unit: str, row: int, cell: str) -> Decimal | None:
        """What the unit beside a number makes of it; None if nobody may say."""
        if not unit:
            self._note_converted(row, cell)
            return self._factor or Decimal(1)
        if unit == "%" and self._unit != "%":
            if self._notes.record("percent-fraction", row, cell):
                return Decimal("0.01")
            return None
        full = self._full_unit(unit)
        if not split(full) and full != self._unit:
            self._notes.record("number-doubtful", row, cell)
            return None
        if full == self._unit:
            self._notes.record("unit-removed", row, cell)
            return Decimal(1)
        return self._conversion(full, row, cell)

    def _conversion(self, unit: str, row: int, cell: str) -> Decimal | None:
        if not self._unit:
            self._notes.record("unit-undeclared", row, cell, unit=unit)
            return None
        declared = declared_factor(self._source.units, unit)
        facts = {"unit": unit, "expected": self._unit}
        if declared is None:
            self._notes.record("unit-differs", row, cell, **facts)
            return None
        if ratio(unit, self._unit) not in (None, declared):
            self._notes.record("unit-factor-wrong", row, cell, **facts)
            return None
        self._notes.record("unit-converted", row, cell, expected=self._unit)
        return declared

    def _full_unit(self, unit: str) -> str:
        """万 in a column of 元 or 万元 is 万元."""
        base = split(self._unit)
        if split(unit) is None and base and split(unit + base[0]):
            return unit + base[0]
        return unit

    def _shown_factor(self, unit: str, row: int, display: str) -> Decimal | None:
        """A number that is shown with a unit: 0.5 as 50 %."""
        if unit == "%":
            if self._unit == "%":
                self._notes.record("percent-shown", row, display)
                return Decimal(100)
            self._notes.record("percent-fraction", row, display)
            return None
        full = self._full_unit(unit)
        if split(full) and self._unit and full != self._unit:
            self._notes.record(
                "unit-differs", row, display, unit=full, expected=self._unit
            )
            return None
        return self._factor

    def _note_converted(self, row: int, cell: str) -> None:
        if self._factor is not None:
            self._notes.record("unit-converted", row, cell, expected=self._unit)


def _times(digits: str, factor: Decimal) -> str:
    return plain((Decimal(digits) * factor).normalize())


def _own_form_reader(field: Mapping[str, Any]) -> Callable[[str], bool] | None:
    """Whether a text is a number as the field itself says, e.g. with a decimal comma."""
    if not any(key in field for key in OWN_FORMS):
        return None
    from frictionless import Field  # noqa: PLC0415 - hardly any table needs it

    reader = Field.from_descriptor(dict(field)).create_cell_reader()

    def reads(text: str) -> bool:
        try:
            value, notes = reader(text)
        except InvalidOperation:
            return False
        return value is not None and not notes

    return reads
