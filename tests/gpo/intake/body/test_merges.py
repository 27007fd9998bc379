"""Merged cells and ditto marks: a text counts again, a number never does."""

from __future__ import annotations

from pathlib import Path

import pytest

from ckanext.gpo.intake.grid import Merge

from tests.gpo.intake.sheets import ROW, TITLES, cells, findings, read, steps

ROWS: list[list[str | float | None]] = [
    ["XM1", "示例工程", 12.5, 3, "2026-03-05"],
    ["XM2", None, 8, None, None],
    ["XM3", None, 9, None, None],
    ["XM4", "示例道路", 9, None, None],
]


def test_a_merged_text_stands_in_each_row(tmp_path: Path):
    merges = [Merge(2, 2, 4, 2), Merge(2, 5, 3, 5)]
    result = read([TITLES, *ROWS], tmp_path, typed=True, merges=merges)

    names = [row[1] for row in cells(result)]
    assert names == ["示例工程", "示例工程", "示例工程", "示例道路"]
    assert [row[4] for row in cells(result)] == ["2026-03-05", "2026-03-05", "", ""]
    assert steps(result) == {"merged-repeated": 3}
    assert not result.findings


def test_a_merged_number_is_held(tmp_path: Path):
    rows = [TITLES, ROWS[0], ["XM2", "示例道路", None, 1, None]]
    result = read(rows, tmp_path, typed=True, merges=[Merge(2, 3, 3, 3)])

    assert cells(result)[1][2] == ""
    assert findings(result) == {"merged-number": 1}
    assert result.findings[0].value == "12.5"
    assert result.findings[0].places[0].row == 3


def test_cells_merged_across_are_held(tmp_path: Path):
    rows = [TITLES, ["XM1", "示例工程", 12.5, None, None]]
    result = read(rows, tmp_path, typed=True, merges=[Merge(2, 3, 2, 4)])

    assert findings(result) == {"merged-across": 1}


def test_merges_of_rows_that_are_left_out_do_not_matter(tmp_path: Path):
    rows = [["示例表"], TITLES, ROWS[0], ["注：示例"]]
    merges = [Merge(1, 1, 1, 5), Merge(4, 1, 4, 5)]
    result = read(rows, tmp_path, typed=True, merges=merges)

    assert result.rows == 1
    assert not result.findings


@pytest.mark.parametrize("mark", ["同上", "同 上", "〃", "″", '"', "”"])
def test_a_ditto_mark_is_the_value_above(mark: str, tmp_path: Path):
    rows = [TITLES, ROW, ["XM2", mark, "8", "1", ""], ["XM3", mark, "9", "1", ""]]
    result = read(rows, tmp_path)

    assert [row[1] for row in cells(result)] == ["示例工程"] * 3
    assert steps(result) == {"ditto": 2}


def test_a_ditto_mark_for_a_number_is_held(tmp_path: Path):
    rows = [TITLES, ROW, ["XM2", "示例道路", "同上", "1", ""]]

    assert findings(read(rows, tmp_path)) == {"ditto-number": 1}
    allowed = read(rows, tmp_path, allow=frozenset({"ditto-number"}))
    assert cells(allowed)[1][2] == "12.5"
    assert steps(allowed) == {"ditto-number": 1}


def test_a_ditto_mark_with_nothing_above_is_held(tmp_path: Path):
    result = read([TITLES, ["XM1", "同上", "8", "1", ""]], tmp_path)

    assert cells(result)[0][1] == "同上"
    assert findings(result) == {"ditto-without-value": 1}


def test_a_mark_after_a_thousand_plain_rows(tmp_path: Path):
    rows = [[f"XM{n}", f"示例{n}", "1", "1", ""] for n in range(2005)]
    rows[2001][1] = "同上"
    result = read([TITLES, *rows], tmp_path)

    assert cells(result)[2001][1] == "示例2000"
