"""Files of rows: nothing in them runs, no digit is lost where the format can hold it."""

from __future__ import annotations

import csv
import io
import json
from decimal import Decimal
from typing import Any

import openpyxl
import pytest

from ckanext.gpo.explore import rows

FIELDS = [
    {"name": "a", "title": "名称", "type": "string"},
    {"name": "n", "title": "面积", "type": "number", "unit": "平方米"},
    {"name": "d", "title": "日期", "type": "date"},
    {"name": "b", "title": "开放", "type": "boolean"},
]
RECORDS: list[dict[str, Any]] = [
    {"a": "=HYPERLINK(1)", "n": Decimal("1200.50"), "d": "2026-11-23", "b": True},
    {
        "a": '引号"，\n换行',
        "n": Decimal("12345678901234567.25"),
        "d": "1899-12-31",
        "b": None,
    },
    {"a": None, "n": None, "d": None, "b": False},
    {"a": "字" * 40_000, "n": 0, "d": "9999-12-31", "b": None},
]


def written(kind: str, records: list[dict[str, Any]] = RECORDS) -> bytes:
    target = io.BytesIO()
    rows.WRITERS[kind](target, "公共/文化", FIELDS, records)
    return target.getvalue()


def test_csv():
    text = written("csv").decode("utf-8-sig")
    table = list(csv.reader(io.StringIO(text)))

    assert table[0] == ["名称", "面积", "日期", "开放"]
    assert table[1] == ["'=HYPERLINK(1)", "1200.50", "2026-11-23", "true"]
    assert table[2] == ['引号"，\n换行', "12345678901234567.25", "1899-12-31", ""]
    assert table[3] == ["", "", "", "false"]


def test_json():
    text = written("json")

    assert b'"n": 12345678901234567.25' in text
    assert json.loads(text, parse_float=Decimal) == RECORDS


@pytest.mark.parametrize("kind", ["csv", "json", "xlsx"])
def test_no_rows_at_all(kind: str):
    assert written(kind, [])


def test_a_workbook():
    book = openpyxl.load_workbook(io.BytesIO(written("xlsx")))
    (sheet,) = book.worksheets
    table = [[cell.value for cell in line] for line in sheet.iter_rows()]

    assert table[0] == ["名称", "面积（平方米）", "日期", "开放"]
    assert [sheet["A2"].value, sheet["A2"].data_type] == ["=HYPERLINK(1)", "s"]
    assert sheet["B2"].value == 1200.5
    assert sheet["C2"].is_date
    assert [sheet["B3"].value, sheet["C3"].value] == [
        "12345678901234567.25",
        "1899-12-31",
    ]
    assert table[3] == [None, None, None, "false"]
    assert len(sheet["A5"].value) <= 32_767
