"""Which converter a column gets."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from ckanext.gpo.intake.grid import Cell, DisplayedCell
from ckanext.gpo.intake.journal import Journal
from ckanext.gpo.intake.layout import Column

from . import bulk
from .booleans import boolean_converter
from .bulk import Bulk
from .moments import moment_converter
from .notes import Convert, ConvertColumn, Notes, Source
from .numbers import OWN_FORMS, number_converter
from .plain import plain
from .recurring import Recurring
from .text import text_converter
from .tidy import tidy
from .years import year_converter, yearmonth_converter


def column_converter(
    column: Column,
    source: Source,
    codes: Mapping[str, str],
    missing: frozenset[str],
    journal: Journal,
) -> ConvertColumn:
    """The function that brings cells of a column to the form of its field.

    :param codes: see `Declaration.codes`
    :param missing: texts that stand for no value, beside the blank one
    """
    convert = converter(column, source, codes, missing, journal)
    convert_all = Recurring(convert, journal).convert_column
    at_once = None if codes else _bulk(column, source)

    def convert_column(cells: Sequence[Cell], rows: Sequence[int]) -> Sequence[str]:
        texts = at_once(cells) if at_once else None
        return convert_all(cells, rows) if texts is None else texts

    return convert_column


def _bulk(column: Column, source: Source) -> Bulk | None:
    """The quick way for a column whose cells mean what they say."""
    field = column.field
    kind: str = field.get("type", "string")
    if kind == "string" and not source.is_download:
        is_code = "gpo:check" in field or "enum" in field.get("constraints", {})
        return bulk.codes if is_code else bulk.texts
    if kind == "date" and field.get("format", "default") in ("default", "any"):
        return bulk.dates
    has_own_form = any(key in field for key in OWN_FORMS)
    if column.factor is not None or has_own_form:
        return None
    return {
        "number": bulk.numbers,
        "integer": bulk.integers,
        "year": bulk.years,
    }.get(kind)


def converter(
    column: Column,
    source: Source,
    codes: Mapping[str, str],
    missing: frozenset[str],
    journal: Journal,
) -> Convert:
    """The same for one cell."""
    notes = Notes(column, journal)
    convert = _by_type(notes, source)
    own = column.field.get("missingValues")
    values = frozenset(_missing_texts(own)) if own is not None else missing
    markers = values - {""}
    return _mapped(convert, codes, markers, notes) if codes or markers else convert


def _by_type(notes: Notes, source: Source) -> Convert:
    makers: dict[str, Callable[[Notes, Source], Convert]] = {
        "string": text_converter,
        "number": number_converter,
        "integer": number_converter,
        "boolean": boolean_converter,
        "year": year_converter,
        "yearmonth": yearmonth_converter,
        **dict.fromkeys(("date", "datetime", "time"), moment_converter),
    }
    kind: str = notes.column.field.get("type", "string")
    return makers.get(kind, _other_converter)(notes, source)


def _other_converter(notes: Notes, _source: Source) -> Convert:
    """Objects, places and the like: their text."""

    def convert(cell: Cell, row: int) -> str:
        value = cell.value if isinstance(cell, DisplayedCell) else cell
        if value is None:
            return ""
        return tidy(value, row, notes) if isinstance(value, str) else plain(value)

    return convert


def _mapped(
    convert: Convert, codes: Mapping[str, str], missing: frozenset[str], notes: Notes
) -> Convert:
    def mapped(cell: Cell, row: int) -> str:
        if cell is None:
            return ""
        text = cell.text if isinstance(cell, DisplayedCell) else cell
        text = (text if isinstance(text, str) else plain(text)).strip()
        if text in codes:
            notes.record("code-mapped", row, text)
            return codes[text]
        return text if text in missing else convert(cell, row)

    return mapped


def missing_texts(schema: Mapping[str, Any]) -> frozenset[str]:
    """The texts that stand for no value in a Table Schema."""
    return frozenset(_missing_texts(schema.get("missingValues", [""])))


def _missing_texts(values: list[Any]) -> list[str]:
    return [
        value["value"] if isinstance(value, dict) else str(value)  # pyright: ignore
        for value in values
    ]
