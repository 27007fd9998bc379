"""An XLSX sheet as a CSV file that the same check can read.

A cell is written as the text that Frictionless would read to the same value. Where there
is no such text (a number in a text column is an error in a workbook, and none in a CSV),
the whole row is kept apart with its typed cells.
"""

from __future__ import annotations

import csv
import zipfile
from collections.abc import Callable, Iterator
from datetime import date, datetime, time
from pathlib import Path
from typing import Any

import python_calamine
from frictionless import Schema

from ckanext.gpo.common.errors import CandidateError

from . import archive

EXACT_INTEGER = 1 << 53
"""From here on whole numbers are not exact in the fast reader's doubles."""

Apart = dict[int, list[Any]]
"""Record (0 the first) → typed cells, of the rows that no text stands for."""


class _NoText(Exception):  # noqa: N818 - a decision, not a fault
    """No text stands for a cell."""


class _Inexact(Exception):  # noqa: N818 - a decision, not a fault
    """The fast reader may have lost digits."""


def to_csv(source: Path, schema: Schema, names: dict[str, str], target: Path) -> Apart:
    """Write the first sheet of a workbook as CSV.

    :param names: label → field name, for labels that are not names already
    :returns: the rows that are kept apart
    :raises CandidateError: the workbook cannot be read, or must not be
    """
    has_error_values = archive.inspect_workbook(source)
    try:
        if has_error_values:
            return _write(_read_slowly(source), schema, names, target)
        try:
            return _write(_read(source), schema, names, target)
        except _Inexact:
            return _write(_read_slowly(source), schema, names, target)
    except (
        python_calamine.CalamineError,
        zipfile.BadZipFile,
        KeyError,
        ValueError,
        OSError,
    ) as err:
        raise CandidateError("candidate-damaged", "The workbook is damaged") from err


def _write(
    rows: Iterator[list[Any]], schema: Schema, names: dict[str, str], target: Path
) -> Apart:
    nothing: list[Any] = []
    first = next(rows, nothing)
    labels = ["" if c is None else str(c).strip() for c in first]
    if not any(labels):
        raise CandidateError("candidate-empty", "The first sheet is empty")
    header = [names.get(label, label) for label in labels]
    texts = [_text_maker(schema, name) for name in header]
    apart: Apart = {}
    with target.open("w", encoding="utf-8", newline="") as sink:
        writer = csv.writer(sink, lineterminator="\n")
        writer.writerow(header)
        for record, cells in enumerate(rows):
            try:
                writer.writerow(
                    [text(cell) for text, cell in zip(texts, cells, strict=True)]
                )
            except (_NoText, ValueError):
                apart[record] = cells
    return apart


def _read(source: Path) -> Iterator[list[Any]]:
    book = python_calamine.CalamineWorkbook.from_path(str(source))
    for row in book.get_sheet_by_index(0).iter_rows():
        yield [_plain(cell) for cell in row]


def _plain(cell: Any) -> Any:
    """A cell of the fast reader as openpyxl, which Frictionless uses, would give it."""
    if cell == "":
        return None
    if type(cell) is float and cell.is_integer():
        if abs(cell) >= EXACT_INTEGER:
            raise _Inexact
        return int(cell)
    if type(cell) is date:
        return datetime.combine(cell, time())
    return cell


def _read_slowly(source: Path) -> Iterator[list[Any]]:
    import openpyxl  # noqa: PLC0415 - 30 MiB that hardly any check needs

    with source.open("rb") as stream:
        book = openpyxl.load_workbook(stream, read_only=True, data_only=True)
        for row in book.worksheets[0].iter_rows(values_only=True):
            yield list(row)


# Cells as text

Text = Callable[[Any], str]


def _text_maker(schema: Schema, name: str) -> Text:
    """How cells of a column become text.

    The function raises `_NoText` where Frictionless would read the text otherwise.
    """
    field = schema.get_field(name) if schema.has_field(name) else None
    missing = schema.missing_values
    if field and field.has_defined("missing_values"):
        missing = field.missing_values
    typed = _TYPED.get(field.type, _none) if field else _none

    def text(cell: Any) -> str:
        if isinstance(cell, str):
            return cell
        if cell is None:
            if "" not in missing:
                raise _NoText
            return ""
        return typed(field, cell)

    return text


def _none(field: Any, cell: Any) -> str:
    raise _NoText


def _integer(field: Any, cell: Any) -> str:
    if isinstance(cell, bool):
        return str(cell)
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    if isinstance(cell, int | float):
        return str(cell)
    raise _NoText


def _number(field: Any, cell: Any) -> str:
    if field.float_number or field.decimal_char != "." or field.group_char:
        raise _NoText
    if isinstance(cell, int | float):
        return str(cell)
    raise _NoText


def _year(field: Any, cell: Any) -> str:
    if type(cell) is int and 1000 <= cell <= 9999:
        return str(cell)
    raise _NoText


def _boolean(field: Any, cell: Any) -> str:
    listed = field.true_values if cell else field.false_values
    if isinstance(cell, bool) and listed and listed[0] not in field.missing_values:
        other: list[str] = field.false_values if cell else []
        if listed[0] not in other:
            return listed[0]
    raise _NoText


def _date(field: Any, cell: Any) -> str:
    if (
        field.format == "default"
        and isinstance(cell, datetime)
        and cell.time() == time()
        and cell.year >= 1000
    ):
        return cell.date().isoformat()
    raise _NoText


def _datetime(field: Any, cell: Any) -> str:
    if field.format == "default" and isinstance(cell, datetime) and cell.year >= 1000:
        return cell.isoformat()
    raise _NoText


_TYPED: dict[str, Callable[[Any, Any], str]] = {
    "integer": _integer,
    "number": _number,
    "year": _year,
    "boolean": _boolean,
    "date": _date,
    "datetime": _datetime,
}
