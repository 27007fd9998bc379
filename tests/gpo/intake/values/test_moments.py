"""Dates and times in every form in use; what can be read two ways is held."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta, timezone
from pathlib import Path
from typing import Any

import pytest

from ckanext.gpo.intake.grid import Cell, DisplayedCell

from tests.gpo.intake.sheets import cells, findings, read, steps

at = datetime.fromisoformat
UTC = timezone.utc


def _read(kind: str, cell: Cell, folder: Path, **options: Any):
    fields = [
        {"name": "k", "type": "string"},
        {"name": "d", "type": kind, **options.pop("field", {})},
    ]
    typed = options.pop("typed", not isinstance(cell, str))
    rows: list[list[Cell]] = [["k", "d"], ["a", cell]]
    result = read(rows, folder, fields=fields, key="k", typed=typed, **options)
    return cells(result)[0][1], set(steps(result)), set(findings(result))


@pytest.mark.parametrize(
    ("kind", "cell", "text"),
    [
        ("date", "2026-03-05", "2026-03-05"),
        ("date", at("2026-03-05"), "2026-03-05"),
        ("date", date(2026, 3, 5), "2026-03-05"),
        ("date", DisplayedCell(at("2026-03-05"), "3月5日"), "2026-03-05"),
        ("date", "2026-02-30", "2026-02-30"),
        ("date", "", ""),
        ("date", "示例", "示例"),
        ("datetime", "2026-03-05T08:30:00", "2026-03-05T08:30:00"),
        ("datetime", at("2026-03-05T08:30"), "2026-03-05T08:30:00"),
        ("datetime", date(2026, 3, 5), "2026-03-05T00:00:00"),
        ("time", time(8, 30), "08:30:00"),
        ("time", timedelta(hours=8), "08:00:00"),
        ("time", at("1899-12-31T08:30"), "08:30:00"),
        ("year", "2026", "2026"),
        ("year", 2026.0, "2026"),
        ("yearmonth", "2026-03", "2026-03"),
    ],
)
def test_what_needs_no_step(kind: str, cell: Cell, text: str, tmp_path: Path):
    assert _read(kind, cell, tmp_path) == (text, set(), set())


@pytest.mark.parametrize(
    ("kind", "cell", "text"),
    [
        ("date", "2026年3月5日", "2026-03-05"),
        ("date", "2026.3.5", "2026-03-05"),
        ("date", "2026．3．5", "2026-03-05"),
        ("date", "2026/03/05", "2026-03-05"),
        ("date", "2026-3-5", "2026-03-05"),
        ("date", "20260305", "2026-03-05"),
        ("date", 20260305, "2026-03-05"),
        ("date", "２０２６年３月５日", "2026-03-05"),
        ("date", "二〇二六年三月五日", "2026-03-05"),
        ("date", "二○二六年十二月三十一日", "2026-12-31"),
        ("date", "2026-03-05 00:00:00", "2026-03-05"),
        ("datetime", "2026/3/5 8:30", "2026-03-05T08:30:00"),
        ("datetime", "2026年3月5日8时30分", "2026-03-05T08:30:00"),
        ("time", "8:30", "08:30:00"),
        ("time", "8：30", "08:30:00"),
        ("time", "下午3:05", "15:05:00"),
        ("time", "8时30分", "08:30:00"),
        ("time", "3:05 PM", "15:05:00"),
        ("year", "2025年", "2025"),
        ("year", "２０２５年度", "2025"),
        ("year", "二〇二五年", "2025"),
        ("year", at("2025-01-01"), "2025"),
        ("yearmonth", "2026年3月", "2026-03"),
        ("yearmonth", "2026.3", "2026-03"),
        ("yearmonth", "202603", "2026-03"),
        ("yearmonth", at("2026-03-01"), "2026-03"),
    ],
)
def test_other_forms_are_a_step(kind: str, cell: Cell, text: str, tmp_path: Path):
    assert _read(kind, cell, tmp_path) == (text, {"date-form"}, set())


@pytest.mark.parametrize(
    ("kind", "cell", "finding"),
    [
        ("date", "26/3/5", "date-ambiguous"),
        ("date", "26-7-20", "date-ambiguous"),
        ("date", "45/3/5", "date-ambiguous"),
        ("date", "3/5/2026", "date-ambiguous"),
        ("date", "民国115年3月5日", "date-minguo"),
        ("date", "2026年3月", "date-incomplete"),
        ("date", "７月２０日", "date-incomplete"),
        ("date", "2026", "date-incomplete"),
        ("datetime", "2026-03-05", "date-incomplete"),
        ("year", "25年", "date-ambiguous"),
        ("yearmonth", "2026.1", "date-ambiguous"),
        ("yearmonth", 2026.1, "date-ambiguous"),
    ],
)
def test_what_has_no_one_reading_is_held(
    kind: str, cell: Cell, finding: str, tmp_path: Path
):
    text, done, found = _read(kind, cell, tmp_path)

    assert text == str(cell)
    assert not done
    assert found == {finding}


@pytest.mark.parametrize(
    ("kind", "cell", "code", "text"),
    [
        ("date", at("2026-07-20T13:05"), "time-dropped", "2026-07-20"),
        ("date", "2026-07-20 13:05", "time-dropped", "2026-07-20"),
        ("date", "46086", "excel-serial-text", "2026-03-05"),
        ("yearmonth", at("2026-03-05"), "day-dropped", "2026-03"),
        ("year", at("2026-03-05"), "day-dropped", "2026"),
        (
            "datetime",
            "2026-03-05T20:00:00Z",
            "zone-converted",
            "2026-03-06T04:00:00",
        ),
        (
            "datetime",
            datetime(2026, 3, 5, 20, tzinfo=UTC),
            "zone-converted",
            "2026-03-06T04:00:00",
        ),
    ],
)
def test_what_loses_a_part_needs_consent(
    kind: str, cell: Cell, code: str, text: str, tmp_path: Path
):
    assert _read(kind, cell, tmp_path)[2] == {code}

    allowed = _read(kind, cell, tmp_path, allow=frozenset({code}))
    assert allowed[0] == text
    assert code in allowed[1]
    assert not allowed[2]


def test_day_numbers_of_a_workbook(tmp_path: Path):
    assert _read("date", 46086, tmp_path) == ("2026-03-05", {"excel-serial"}, set())
    assert _read("time", 0.5, tmp_path) == ("12:00:00", {"excel-serial"}, set())


@pytest.mark.parametrize(
    ("cell", "text"),
    [("05/03/2026", "05/03/2026"), ("2026年3月5日", "05/03/2026")],
)
def test_the_form_that_a_field_declares(cell: str, text: str, tmp_path: Path):
    field = {"format": "%d/%m/%Y"}

    assert _read("date", cell, tmp_path, field=field)[::2] == (text, set())
