"""The drop folder of the sample systems: CSV and XLSX as offices export them."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import xlsxwriter

Cells = Sequence[Any]
Area = tuple[int, int, int, int]

LABEL = "（示例数据）"


@dataclass(frozen=True)
class DropFile:
    """One export of an office.

    :param path: below the drop folder
    :param content: its bytes, the same on every call
    """

    path: str
    content: Callable[[], bytes]


def csv_bytes(rows: Iterable[Cells], encoding: str) -> bytes:
    """A CSV in the encoding of the office's programme.

    :param encoding: `gb18030`, `utf-8`, or `utf-8-sig` (with byte order mark)
    """
    text = io.StringIO(newline="")
    csv.writer(text, lineterminator="\r\n").writerows(rows)
    return text.getvalue().encode(encoding)


def xlsx_bytes(sheet: str, rows: Sequence[Cells], merges: Iterable[Area]) -> bytes:
    """A workbook of one sheet.

    :param merges: areas (first row, first column, last row, last column, from 0) whose
        first cell holds the text
    """
    buffer = io.BytesIO()
    book = xlsxwriter.Workbook(buffer, {"in_memory": True})
    # A fixed moment: the same records give the same bytes.
    book.set_properties({"created": datetime(2026, 11, 1)})  # noqa: DTZ001
    page = book.add_worksheet(sheet)
    for number, row in enumerate(rows):
        page.write_row(number, 0, row)
    centred = book.add_format({"align": "center", "valign": "vcenter"})
    for area in merges:
        page.merge_range(*area, rows[area[0]][area[1]], centred)
    page.set_column(0, max(map(len, rows)) - 1, 18)
    book.close()
    return buffer.getvalue()


def full_width(value: Any) -> str:
    """A number typed with a Chinese input method: `1.5` → `１．５`."""
    return str(value).translate({ord(c): ord(c) + 0xFEE0 for c in "0123456789.,-"})


def chinese_date(day: Any) -> str:
    """`2017-03-05` → `2017年3月5日`."""
    return f"{day.year}年{day.month}月{day.day}日"
