"""Cells of yes/no columns."""

from __future__ import annotations

from typing import Final

from ckanext.gpo.intake.characters import half_width
from ckanext.gpo.intake.grid import Cell, DisplayedCell

from .notes import Convert, Notes, Source
from .plain import plain
from .tidy import tidy

_TRUE: Final = frozenset(
    {"true", "t", "yes", "y", "1", "是", "有", "对", "真", "√", "✓", "✔"}
)
_FALSE: Final = frozenset(
    {"false", "f", "no", "n", "0", "否", "无", "错", "假", "×", "✗", "✘"}
)


def boolean_converter(notes: Notes, _source: Source) -> Convert:
    """The converter of a boolean field."""
    field = notes.column.field
    yes: list[str] = field.get("trueValues", ["true", "True", "TRUE", "1"])
    no: list[str] = field.get("falseValues", ["false", "False", "FALSE", "0"])
    values = frozenset([*yes, *no])

    def convert(cell: Cell, row: int) -> str:
        if cell is None:
            return ""
        if isinstance(cell, DisplayedCell):
            cell = cell.value
        if isinstance(cell, bool):
            return (yes if cell else no)[0]
        text = cell if isinstance(cell, str) else plain(cell)
        if text in values:
            return text
        text = tidy(text, row, notes)
        word = half_width(text).lower()
        words = yes if word in _TRUE else no if word in _FALSE else []
        if not text or text in values or not words:
            return text
        return words[0] if notes.record("yes-no-word", row, text) else text

    return convert
