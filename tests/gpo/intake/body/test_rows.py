"""Rows that are no data: left out as steps, or held where nobody can be sure."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest

from ckanext.gpo.intake.grid import Merge

from tests.gpo.intake.sheets import (
    FIELDS,
    ROW,
    ROW_2,
    TITLES,
    cells,
    findings,
    read,
    steps,
)

BLANK = ["", "", "", "", ""]


@pytest.mark.parametrize(
    ("row", "step"),
    [
        (["合计", "", "20.5", "4", ""], "rows-total"),
        (["", "合　计：", "20.5", "4", ""], "rows-total"),
        (["", "全区合计", "20.5", "4", ""], "rows-total"),
        (["本页小计", "", "20.5", "", ""], "rows-total"),
        (["", "", "20.5", "4", "累计"], "rows-total"),
        (["总计金额", "", "20.5", "", ""], "rows-total"),
        (["合计（万元）", "", "20.5", "", ""], "rows-total"),
        (["注：1.本表金额为含税价。", "", "", "", ""], "rows-note"),
        (["资料来源：示例局", "", "", "", ""], "rows-note"),
        (["填表人：示例", "审核人：示例", "日期：2026年1月", "", ""], "rows-note"),
        (["第1页", "", "", "", ""], "rows-note"),
        (["", "一、区级项目", "", "", ""], "rows-section"),
        (BLANK, "rows-blank"),
        ([" ", "\u3000", "", None, ""], "rows-blank"),
        (TITLES, "header-repeated"),
        ([field["name"] for field in FIELDS], "header-repeated"),
        (["2025年示例项目表", "", "", "", ""], "header-repeated"),
    ],
)
def test_rows_that_are_no_data_are_left_out(row: list[str], step: str, tmp_path: Path):
    rows = [["2025年示例项目表"], TITLES, ROW, row, ROW_2]
    result = read(rows, tmp_path)

    assert cells(result) == [ROW, ROW_2]
    assert steps(result) == {"rows-above": 1, step: 1}
    assert not result.findings
    assert [result.source_row(row) for row in (2, 3)] == [3, 5]
    assert result.steps[1].places[0].row == 4


def test_lines_after_a_note_belong_to_it(tmp_path: Path):
    notes = [["注：1.含税。", "", "", "", ""], BLANK, ["2.截至三月。", "", "", "", ""]]
    result = read([TITLES, ROW, *notes], tmp_path)

    assert cells(result) == [ROW]
    assert steps(result) == {"rows-note": 2, "rows-blank": 1}


@pytest.mark.parametrize(
    "numbers", [["甲", "乙", "1", "2", "3"], ["1", "2", "3", "4", "5"]]
)
def test_numbers_of_columns_below_the_header(numbers: list[str], tmp_path: Path):
    result = read([TITLES, numbers, ROW], tmp_path)

    assert cells(result) == [ROW]
    assert steps(result) == {"column-numbers": 1}


TOTAL = ["XM9", "示例工程合计", "20.5", "4", ""]


def test_a_total_with_a_key_of_its_own_is_held(tmp_path: Path):
    result = read([TITLES, ROW, TOTAL], tmp_path)

    assert cells(result) == [ROW, TOTAL]
    assert findings(result) == {"total-with-key": 1}
    assert result.findings[0].value == "示例工程合计"


def test_a_total_with_a_key_is_left_out_with_consent(tmp_path: Path):
    result = read([TITLES, ROW, TOTAL], tmp_path, allow=frozenset({"total-with-key"}))

    assert cells(result) == [ROW]
    assert steps(result) == {"total-with-key": 1}


def test_a_total_that_the_schema_lists_is_data(tmp_path: Path):
    fields: list[dict[str, Any]] = [
        {"name": "group", "title": "类别", "type": "string"},
        {"name": "n", "title": "数量", "type": "integer"},
    ]
    fields[0]["constraints"] = {"enum": ["甲", "合计"]}
    rows = [["类别", "数量"], ["甲", "1"], ["合计", "1"]]
    result = read(rows, tmp_path, fields=fields, key="group")

    assert cells(result) == rows[1:]
    assert not result.steps
    assert not result.findings


@pytest.mark.parametrize(
    "name", ["会计师事务所", "审计局", "统计公报", "计量所", "备用电源", "注册中心"]
)
def test_words_that_only_look_like_it_are_data(name: str, tmp_path: Path):
    row = [name, *ROW[1:]]
    result = read([TITLES, row], tmp_path)

    assert cells(result) == [row]
    assert not result.steps


def test_a_second_table_below_is_held(tmp_path: Path):
    second = [
        BLANK,
        ["附表二 撤销项目", "", "", "", ""],
        ["项目编号", "撤销原因", "", "", ""],
        ["XM9", "不符合规划", "", "", ""],
        BLANK,
        ["XM10", "不符合规划", "", "", ""],
    ]
    result = read([TITLES, ROW, *second], tmp_path)

    assert cells(result) == [ROW]
    assert findings(result) == {"text-row": 1, "second-table": 3}
    assert result.findings[1].places[0].row == 5


@pytest.mark.parametrize(
    ("row", "finding"),
    [
        (["XM2", "示例道路", "8", "1"], "row-too-short"),
        (["XM2", "示例道路", "8", "1", "2026-03-06", "余"], "row-too-long"),
        (["", "还有一些没有收集", "", "", ""], "text-row"),
    ],
)
def test_broken_rows_are_held(row: list[str], finding: str, tmp_path: Path):
    result = read([TITLES, ROW, row], tmp_path)

    assert findings(result) == {finding: 1}
    assert result.findings[0].places[0].row == 3


def test_rows_of_a_sheet_may_end_early(tmp_path: Path):
    row: Sequence[Any] = ["XM2", "示例道路", 8]
    result = read([TITLES, row], tmp_path, typed=True)

    assert cells(result) == [["XM2", "示例道路", "8", "", ""]]
    assert not result.findings


def test_a_header_alone_is_held(tmp_path: Path):
    result = read([TITLES, BLANK], tmp_path)

    assert result.rows == 0
    assert findings(result) == {"rows-missing": 1}


def test_a_merged_text_across_the_table_names_a_section(tmp_path: Path):
    rows = [TITLES, ROW, ["", "区级", None, None, None], ROW_2]
    merges = [Merge(3, 2, 3, 5)]
    result = read(rows, tmp_path, typed=True, merges=merges)

    assert len(cells(result)) == 2
    assert steps(result)["rows-section"] == 1
    assert not result.findings


def test_what_is_left_out_far_below_is_found(tmp_path: Path):
    """Rows are looked at by the thousand; what is in one thousand is in the next too."""
    rows = [[f"XM{n}", *ROW[1:]] for n in range(2500)]
    extra = [["合计", "", "1", "", ""], BLANK, TITLES, ["注：示例", "", "", "", ""]]
    result = read([TITLES, *rows[:2300], *extra, *rows[2300:]], tmp_path)

    assert cells(result) == rows
    assert steps(result) == {
        "rows-total": 1,
        "rows-blank": 1,
        "header-repeated": 1,
        "rows-note": 1,
    }
    assert (result.source_row(2301), result.source_row(2302)) == (2301, 2306)
