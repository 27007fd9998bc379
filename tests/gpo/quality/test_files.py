"""Download files: what a spreadsheet and a program get."""

from __future__ import annotations

import csv
import json
from pathlib import Path

import openpyxl
import pytest

from ckanext.gpo.common.tables import Table
from ckanext.gpo.quality import files

TABLE = Table(
    "budget",
    {
        "name": "probe",
        "title": "样表:收入/支出",
        "schema": {
            "fields": [
                {"name": "item", "title": "项目", "type": "string"},
                {"name": "amount", "title": "金额", "type": "number", "unit": "万元"},
                {"name": "day", "title": "日期", "type": "date"},
                {"name": "final", "title": "决算", "type": "boolean"},
            ]
        },
    },
)
ROWS = [
    ["=cmd|' /C calc'!A1", "-12.50", "2026-11-23", "true"],
    ["教育支出", "", "", "false"],
]


@pytest.fixture
def paths(tmp_path: Path) -> dict[str, Path]:
    spool = tmp_path / "rows.csv"
    with spool.open("w", newline="", encoding="utf-8") as target:
        writer = csv.writer(target)
        writer.writerow(["item", "amount", "day", "final"])
        writer.writerows(ROWS)
    return files.build(TABLE, spool, tmp_path)


def test_csv_opens_in_a_spreadsheet_and_runs_nothing(paths: dict[str, Path]):
    assert paths["csv"].read_bytes().startswith(b"\xef\xbb\xbf")
    with paths["csv"].open(encoding="utf-8-sig", newline="") as source:
        header, first, second = csv.reader(source)
    assert header == ["项目", "金额", "日期", "决算"]
    assert first == ["'=cmd|' /C calc'!A1", "-12.50", "2026-11-23", "true"]
    assert second == ["教育支出", "", "", "false"]


def test_xlsx_is_typed_and_runs_nothing(paths: dict[str, Path]):
    sheet = openpyxl.load_workbook(paths["xlsx"]).active
    assert sheet is not None
    assert [cell.value for cell in sheet[1]] == ["项目", "金额（万元）", "日期", "决算"]
    assert sheet.freeze_panes == "A2"
    assert [cell.data_type for cell in sheet[2]] == ["s", "n", "d", "b"]
    assert [cell.value for cell in sheet[3]] == ["教育支出", None, None, False]


def test_json_carries_names_types_and_numbers(paths: dict[str, Path]):
    content = json.loads(paths["json"].read_text("utf-8"))
    assert content["fields"][1] == {
        "name": "amount",
        "title": "金额",
        "type": "number",
        "unit": "万元",
    }
    assert content["records"] == [
        {"item": ROWS[0][0], "amount": -12.5, "day": "2026-11-23", "final": True},
        {"item": "教育支出", "amount": None, "day": None, "final": False},
    ]


@pytest.mark.parametrize(
    ("cell", "written"),
    [
        ("+86 519", "'+86 519"),
        ("@SUM(A1)", "'@SUM(A1)"),
        ("-1+cmd", "'-1+cmd"),
        ("-3", "-3"),
        ("+3.5", "+3.5"),
        ("\tx", "'\tx"),
    ],
)
def test_formulas_are_inert(cell: str, written: str):
    assert files.inert(cell) == written
