"""The download files of a version, all built from the same checked rows.

CSV for spreadsheets (BOM, Chinese headers), XLSX (typed cells, frozen header), JSON for
programs (field names). Pure: from a spool file to files in a folder.
"""

from __future__ import annotations

import csv
import hashlib
import json
import re
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path
from typing import IO, Any

import xlsxwriter

from ckanext.gpo.common.tables import Table

CONTENT_TYPES = {
    "csv": "text/csv; charset=utf-8",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "json": "application/json; charset=utf-8",
}

_FORMULA = re.compile(r"^[=+\-@\t\r]")
_NUMBER = re.compile(r"^[+-]?\d+(\.\d+)?$")


def build(table: Table, spool: Path, folder: Path) -> dict[str, Path]:
    """Write every download file of the spooled rows: format → path."""
    builders: dict[str, Callable[[Table, Path, Path], None]] = {
        "csv": _csv,
        "xlsx": _xlsx,
        "json": _json,
    }
    paths = {name: folder / f"{table.dataset_name}.{name}" for name in builders}
    for name, write in builders.items():
        write(table, spool, paths[name])
    return paths


def sha256(path: Path) -> str:
    with path.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()


def inert(cell: str) -> str:
    """A CSV cell that no spreadsheet takes for a formula.

    >>> inert("=HYPERLINK(1)"), inert("-12.5"), inert("常州")
    ("'=HYPERLINK(1)", '-12.5', '常州')
    """
    if _FORMULA.match(cell) and not _NUMBER.match(cell):
        return f"'{cell}"
    return cell


def _rows(spool: Path) -> Iterator[list[str]]:
    with spool.open(encoding="utf-8", newline="") as source:
        reader = csv.reader(source)
        next(reader)
        yield from reader


def _csv(table: Table, spool: Path, path: Path) -> None:
    with path.open("w", encoding="utf-8-sig", newline="") as target:
        writer = csv.writer(target)
        writer.writerow([field["title"] for field in table.fields])
        writer.writerows([inert(cell) for cell in row] for row in _rows(spool))


def _typed(kind: str, cell: str) -> Any:
    if cell == "":
        return None
    if kind in ("integer", "year"):
        return int(cell)
    if kind == "number":
        return float(cell)
    if kind == "boolean":
        return cell == "true"
    return cell


def _json(table: Table, spool: Path, path: Path) -> None:
    kinds = [(field["name"], field["type"]) for field in table.fields]
    head = {
        "name": table.dataset_name,
        "title": table.title,
        "fields": [
            {k: field[k] for k in ("name", "title", "type", "unit") if k in field}
            for field in table.fields
        ],
    }
    with path.open("w", encoding="utf-8") as target:
        target.write(json.dumps(head, ensure_ascii=False)[:-1] + ', "records": [')
        for number, row in enumerate(_rows(spool)):
            target.write(",\n" if number else "\n")
            record = {
                name: _typed(kind, cell)
                for (name, kind), cell in zip(kinds, row, strict=True)
            }
            target.write(json.dumps(record, ensure_ascii=False))
        target.write("\n]}\n")


def _xlsx(table: Table, spool: Path, path: Path) -> None:
    with path.open("wb") as target:
        _workbook(table, spool, target)


def _workbook(table: Table, spool: Path, target: IO[bytes]) -> None:
    # strings_to_* off: a cell's type is the schema's, never guessed from its text
    options = {
        "constant_memory": True,
        "strings_to_formulas": False,
        "strings_to_urls": False,
        "strings_to_numbers": False,
    }
    with xlsxwriter.Workbook(target, options) as book:
        sheet = book.add_worksheet(re.sub(r"[\[\]:*?/\\]", " ", table.title)[:31])
        bold = book.add_format({"bold": True, "bottom": 1})
        day = book.add_format({"num_format": "yyyy-mm-dd"})
        sheet.freeze_panes(1, 0)
        for column, field in enumerate(table.fields):
            unit = f"（{field['unit']}）" if field.get("unit") else ""
            sheet.set_column(column, column, 10 + min(len(field["title"]), 20))
            sheet.write_string(0, column, field["title"] + unit, bold)
        kinds = [field["type"] for field in table.fields]
        for number, row in enumerate(_rows(spool), start=1):
            for column, (kind, cell) in enumerate(zip(kinds, row, strict=True)):
                if cell and kind == "date":
                    sheet.write_datetime(number, column, date.fromisoformat(cell), day)  # type: ignore[arg-type]
                else:
                    _write(sheet, number, column, _typed(kind, cell))


def _write(sheet: Any, row: int, column: int, value: Any) -> None:
    if value is None:
        return
    if isinstance(value, bool):
        sheet.write_boolean(row, column, value)
    elif isinstance(value, int | float):
        sheet.write_number(row, column, value)
    else:
        sheet.write_string(row, column, value)
