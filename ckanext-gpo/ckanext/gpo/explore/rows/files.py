"""Rows as files: CSV and XLSX for people with a spreadsheet, JSON for programs.

As with the files of whole versions, CSV and XLSX have titles for headers and nothing in
them runs; JSON has the names of the fields and loses no digit.
"""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date, datetime
from decimal import Decimal
from typing import IO, Any, Final

from xlsxwriter import Workbook

from ckanext.gpo.common.formulas import inert
from ckanext.gpo.common.labels import csv_labels, workbook_labels
from ckanext.gpo.common.spreadsheets import LONGEST_CELL, sheet_name

FieldDescriptor = dict[str, Any]
"""A field of a Table Schema."""

Records = Iterable[Mapping[str, Any]]

_FIRST_DAY: Final = date(1900, 3, 1)
"""Spreadsheets count days from 1900 and believe in 1900-02-29; from here on they agree."""
_DIGITS: Final = 15
"""How many digits of a number a spreadsheet keeps."""


def write_csv(
    target: IO[bytes], title: str, fields: Sequence[FieldDescriptor], records: Records
) -> None:
    """Rows as CSV in UTF-8 with a mark, by which spreadsheets know it."""
    text = io.TextIOWrapper(target, "utf-8-sig", newline="", write_through=True)
    writer = csv.writer(text)
    writer.writerow(map(inert, csv_labels(fields)))
    for record in records:
        writer.writerow([_csv_cell(record[field["name"]]) for field in fields])
    text.detach()


def _csv_cell(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    return inert(str(value)) if isinstance(value, str) else f"{value}"


def write_json(
    target: IO[bytes], title: str, fields: Sequence[FieldDescriptor], records: Records
) -> None:
    """Rows as a list of objects, one a line."""
    target.write(b"[")
    for number, record in enumerate(records):
        target.write(b",\n" if number else b"\n")
        members = (f"{_json(f['name'])}: {_json(record[f['name']])}" for f in fields)
        target.write(f"{{{', '.join(members)}}}".encode())
    target.write(b"\n]\n")


def _json(value: Any) -> str:
    # a Decimal is written as it is: a float would lose digits
    return (
        f"{value:f}"
        if isinstance(value, Decimal)
        else json.dumps(value, ensure_ascii=False)
    )


def write_xlsx(
    target: IO[bytes], title: str, fields: Sequence[FieldDescriptor], records: Records
) -> None:
    """Rows as a workbook of one sheet whose header stays."""
    # texts stay texts, whatever they look like
    options = {
        "constant_memory": True,
        "strings_to_formulas": False,
        "strings_to_urls": False,
    }
    with Workbook(target, options) as book:
        sheet = book.add_worksheet(sheet_name(title))
        sheet.freeze_panes(1, 0)
        sheet.write_row(0, 0, workbook_labels(fields), book.add_format({"bold": True}))
        shapes = {
            "date": book.add_format({"num_format": "yyyy-mm-dd"}),
            "datetime": book.add_format({"num_format": "yyyy-mm-dd hh:mm:ss"}),
        }
        kinds = [field["type"] for field in fields]
        for number, record in enumerate(records, start=1):
            for place, field in enumerate(fields):
                value = _sheet_value(kinds[place], record[field["name"]])
                match value:
                    case None:
                        pass
                    case date():
                        sheet.write_datetime(number, place, value, shapes[kinds[place]])
                    case int() | Decimal():
                        sheet.write_number(number, place, float(value))
                    case _text:
                        sheet.write_string(number, place, value)


def _sheet_value(kind: str, value: Any) -> Any:
    """A value as a spreadsheet keeps it exactly, else as text."""
    if value is None:
        return None
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, int | Decimal):
        digits = len(str(value).lstrip("-").replace(".", "").strip("0"))
        return value if digits <= _DIGITS else str(value)
    if kind in ("date", "datetime"):
        moment = (date if kind == "date" else datetime).fromisoformat(value)
        return moment if moment.isoformat()[:10] >= _FIRST_DAY.isoformat() else value
    return _short(str(value))


def _short(text: str) -> str:
    # a spreadsheet counts in UTF-16
    if len(text.encode("utf-16-le")) // 2 <= LONGEST_CELL:
        return text
    return text[: LONGEST_CELL // 2] + "…"


WRITERS: Final[
    Mapping[str, Callable[[IO[bytes], str, Sequence[FieldDescriptor], Records], None]]
] = {"csv": write_csv, "json": write_json, "xlsx": write_xlsx}
