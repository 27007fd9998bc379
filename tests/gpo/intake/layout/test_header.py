"""Where the header is, and which column is which field."""

from __future__ import annotations

from pathlib import Path

import pytest

from ckanext.gpo.common.labels import csv_labels, workbook_labels
from ckanext.gpo.intake.declaration import Declaration
from ckanext.gpo.intake.layout import fitness
from ckanext.gpo.intake.steps import IntakeError

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

NAMES = [field["name"] for field in FIELDS]
ENGLISH = [field["title_en"] for field in FIELDS]


@pytest.mark.parametrize(
    "header",
    [NAMES, TITLES, ENGLISH, csv_labels(FIELDS), workbook_labels(FIELDS)],
    ids=["names", "titles", "English", "our CSV", "our workbook"],
)
def test_our_own_labels_need_no_step(header: list[str], tmp_path: Path):
    result = read([header, ROW], tmp_path)

    assert cells(result) == [ROW]
    assert not result.steps
    assert not result.findings
    assert result.columns == (1, 2, 3, 4, 5)


@pytest.mark.parametrize(
    ("label", "step"),
    [
        ("项目\n名称", "label-folded"),
        (" 项 目 名 称 ", "label-folded"),
        ("*项目名称（必填）", "label-folded"),
        ("\ufeff项目名称", "label-folded"),
        ("PROJECT", "label-folded"),
        ("工程名称", "label-synonym"),
    ],
)
def test_labels_written_otherwise_are_a_step(label: str, step: str, tmp_path: Path):
    header = [TITLES[0], label, *TITLES[2:]]
    result = read([header, ROW], tmp_path)

    assert cells(result) == [ROW]
    assert steps(result) == {step: 1}
    assert not result.findings
    place = result.steps[0].places[0]
    assert (place.row, place.column, place.label) == (1, 2, label)


def test_titles_above_the_header_are_a_step(tmp_path: Path):
    above = [["2025年示例项目表"], [], ["填报单位：示例局", None, "日期：2026年1月"]]
    result = read([*above, TITLES, ROW, ROW_2], tmp_path)

    assert cells(result) == [ROW, ROW_2]
    assert steps(result) == {"rows-above": 2, "rows-blank": 1}
    assert not result.findings
    assert (result.source_row(2), result.source_row(3)) == (5, 6)


def test_data_above_the_header_is_held(tmp_path: Path):
    result = read([ROW_2, TITLES, ROW], tmp_path)

    assert findings(result) == {"rows-above-unknown": 1}


@pytest.mark.parametrize(
    "header",
    [
        pytest.param(
            [
                ["项目", None, "资金", None, "批准日期"],
                ["项目编号", "项目名称", "金额", "数量", None],
            ],
            id="two levels",
        ),
        pytest.param(
            [
                ["示例", None, None, None, "批准日期"],
                ["项目", None, "资金", None, None],
                ["编号", "名称", "金额", "数量", None],
            ],
            id="three levels, two run together",
        ),
    ],
)
def test_levels_are_a_step(header: list[list[str | None]], tmp_path: Path):
    result = read([*header, ROW], tmp_path)

    assert cells(result) == [ROW]
    assert steps(result) == {"header-levels": 1}
    assert not result.findings


def test_groups_with_the_same_lower_labels_are_told_apart(tmp_path: Path):
    fields = [
        FIELDS[0],
        *(
            {"name": name, "title": title, "type": "number"}
            for name, title in (
                ("b", "接待费预算数"),
                ("f", "接待费决算数"),
                ("v", "购车费预算数"),
            )
        ),
    ]
    header = [
        ["项目编号", "接待费", None, "购车费"],
        [None, "预算数", "决算数", "预算数"],
    ]
    result = read([*header, ["XM1", "1", "2", "3"]], tmp_path, fields=fields)

    assert cells(result) == [["XM1", "1", "2", "3"]]
    assert not result.findings


def test_columns_in_another_order(tmp_path: Path):
    result = read([TITLES[::-1], ROW[::-1]], tmp_path)

    assert cells(result) == [ROW]
    assert steps(result) == {"columns-reordered": 1}
    assert result.columns == (5, 4, 3, 2, 1)


def test_names_that_differ_by_case(tmp_path: Path):
    fields = [{"name": "F1", "type": "string"}, {"name": "f1", "type": "integer"}]
    result = read([["f1", "F1"], ["-2", "a"]], tmp_path, fields=fields, key="F1")

    assert cells(result) == [["a", "-2"]]
    assert not result.findings


def test_declared_labels(tmp_path: Path):
    header = ["", "甲", "乙/丙", "数量", "批准日期"]
    declared = {"code": "", "name": "甲", "amount": "乙/丙"}
    result = read([header, ROW], tmp_path, columns=declared)

    assert cells(result) == [ROW]
    assert not result.findings


@pytest.mark.parametrize(
    ("header", "row", "expected_steps", "expected_findings"),
    [
        ([*TITLES, "备注"], [*ROW, "补报"], {"column-remark": 1}, {}),
        (["序号", *TITLES], ["1", *ROW], {"column-remark": 1}, {}),
        ([*TITLES, "", ""], [*ROW, "", " "], {"columns-blank": 2}, {}),
        (TITLES, [*ROW, "", ""], {"columns-blank": 2}, {}),
        ([*TITLES, "联系人"], [*ROW, ""], {"columns-blank": 1}, {}),
        ([*TITLES, "联系人"], [*ROW, "示例"], {}, {"column-extra": 1}),
        ([*TITLES, ""], [*ROW, "示例"], {}, {"column-unlabelled": 1}),
        (TITLES, [*ROW, "示例"], {}, {"row-too-long": 1}),
        ([*TITLES, "金额"], [*ROW, "1"], {}, {"column-repeated": 2}),
    ],
)
def test_columns_that_the_schema_lacks(
    header: list[str],
    row: list[str],
    expected_steps: dict[str, int],
    expected_findings: dict[str, int],
    tmp_path: Path,
):
    result = read([header, row], tmp_path)

    assert cells(result) == [ROW]
    assert steps(result) == expected_steps
    assert findings(result) == expected_findings


def test_an_extra_column_is_left_out_with_consent(tmp_path: Path):
    allow = frozenset({"column-extra"})
    result = read([[*TITLES, "联系人"], [*ROW, "示例"]], tmp_path, allow=allow)

    assert cells(result) == [ROW]
    assert steps(result) == {"column-extra": 1}
    assert not result.findings


@pytest.mark.parametrize(
    ("missing", "finding"),
    [(2, "column-missing"), (4, "column-missing-optional")],
)
def test_missing_columns_are_held(missing: int, finding: str, tmp_path: Path):
    header = [title for index, title in enumerate(TITLES) if index != missing]
    row = [cell for index, cell in enumerate(ROW) if index != missing]
    result = read([header, row], tmp_path)

    assert findings(result) == {finding: 1}
    assert result.findings[0].places[0].label == TITLES[missing]
    assert result.columns[missing] is None
    assert cells(result)[0][missing] == ""


def test_a_header_is_never_guessed(tmp_path: Path):
    with pytest.raises(IntakeError) as caught:
        read([["甲", "乙", "丙"], ["1", "2", "3"]], tmp_path)

    assert caught.value.code == "header-missing"
    assert caught.value.facts["labels"] == "甲、乙、丙"


def test_nothing_in_the_file(tmp_path: Path):
    with pytest.raises(IntakeError) as caught:
        read([[], [None, " "]], tmp_path)

    assert caught.value.code == "file-empty"


def test_fitness_is_the_share_of_known_columns():
    rows = [(1, ["封面"]), (2, [*TITLES[:3], "其他"])]

    assert fitness(rows, FIELDS, Declaration()) == pytest.approx(0.6)
    assert fitness(rows[:1], FIELDS, Declaration()) == 0
    assert fitness([], FIELDS, Declaration()) == 0
