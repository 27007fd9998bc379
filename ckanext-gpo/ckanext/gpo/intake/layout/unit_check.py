"""Whether a file's units are the schema's: 单位：元 above a column of 万元."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal

from ckanext.gpo.intake.declaration import Declaration
from ckanext.gpo.intake.journal import Journal
from ckanext.gpo.intake.units import declared_factor, ratio, stated, suffix

from .layout import Column
from .vocabulary import field_unit

_NUMBERS = ("number", "integer")


def check_units(
    columns: Sequence[Column],
    texts: Sequence[str],
    declaration: Declaration,
    row: int,
    journal: Journal,
) -> tuple[Column, ...]:
    """The columns with the factors that are declared for the units of the file.

    A unit beside a label counts for its column, one above the table for all the others
    of its kind. One that no column takes up is held: nobody can say what it means.

    :param texts: the texts of the rows above the header
    :param row: where the header begins
    """
    numbers = [
        column
        for column in columns
        if column.index is not None and column.field.get("type") in _NUMBERS
    ]
    own_units = frozenset(field_unit(column.field) for column in numbers) - {""}
    units = [unit for text in texts for unit in stated(text, own_units)]
    stating = {column.field["name"]: _stating(column, units) for column in numbers}
    taken_up = {unit for own, unit in stating.values() if unit and not own}
    for unit in dict.fromkeys(units):
        if numbers and unit not in taken_up:
            _note_unclaimed(unit, numbers, row, journal)
    factors = {
        column.field["name"]: _factor(
            column, stating[column.field["name"]][1], declaration, row, journal
        )
        for column in numbers
    }
    return tuple(
        replace(column, factor=factors.get(column.field["name"])) for column in columns
    )


def _stating(column: Column, units: Sequence[str]) -> tuple[bool, str]:
    """Whether the column states its unit itself, and the unit that is stated for it."""
    for label in reversed(column.levels):
        if unit := suffix(label)[1]:
            return True, unit
    expected = field_unit(column.field)
    same_kind = [unit for unit in units if ratio(unit, expected) is not None]
    unit = expected if expected in same_kind else next(iter(same_kind), "")
    return False, unit


def _note_unclaimed(
    unit: str, numbers: Sequence[Column], row: int, journal: Journal
) -> None:
    """A unit of the whole table that contradicts every label, or fits no column."""
    for column in numbers:
        expected = field_unit(column.field)
        own = _stating(column, ())[1]
        if own and ratio(unit, own) is not None:
            if own != unit:
                _note_difference(column, unit, expected or own, row, journal)
            return
    journal.record("unit-undeclared", row, unit=unit)


def _note_difference(
    column: Column, unit: str, expected: str, row: int, journal: Journal
) -> None:
    journal.record(
        "unit-differs", row, column.number, column.label, unit=unit, expected=expected
    )


def _factor(
    column: Column, unit: str, declaration: Declaration, row: int, journal: Journal
) -> Decimal | None:
    expected = field_unit(column.field)
    if not unit or unit == expected:
        return None
    place = (row, column.number, column.label)
    if not expected:
        journal.record("unit-undeclared", *place, unit=unit)
        return None
    declared = declared_factor(declaration.units, unit)
    if declared is None:
        _note_difference(column, unit, expected, row, journal)
        return None
    exact = ratio(unit, expected)
    if exact not in (None, declared):
        journal.record("unit-factor-wrong", *place, unit=unit, expected=expected)
        return None
    return declared
