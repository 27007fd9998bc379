"""Numbers as offices write them, in the form that Frictionless reads, or held."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from ckanext.gpo.intake.grid import Cell, DisplayedCell

from tests.gpo.intake.sheets import cells, findings, read, steps


def _read(cell: Cell, folder: Path, **field: Any):
    declared = field.pop("declared", {})
    typed = field.pop("typed", not isinstance(cell, str))
    fields = [
        {"name": "k", "type": "string"},
        {"name": "n", "type": "number", "unit": "万元", **field},
    ]
    rows: list[list[Cell]] = [["k", "n"], ["a", cell]]
    result = read(rows, folder, fields=fields, key="k", typed=typed, **declared)
    return cells(result)[0][1], set(steps(result)), set(findings(result))


@pytest.mark.parametrize(
    ("cell", "text", "expected_steps"),
    [
        ("12.50", "12.50", set()),
        ("-3", "-3", set()),
        ("", "", set()),
        (None, "", set()),
        (3, "3", set()),
        (12.0, "12", set()),
        (0.1, "0.1", set()),
        (1e-7, "0.0000001", set()),
        (1.2e17, "120000000000000000", set()),
        (Decimal("12345678901234567.89"), "12345678901234567.89", set()),
        (DisplayedCell(1234.5, "1,235"), "1234.5", set()),
        ("1,234,567.80", "1234567.80", {"thousands-mark"}),
        ("1 234.5", "1234.5", {"thousands-mark"}),
        ("１，２３４．５", "1234.5", {"half-width", "thousands-mark"}),
        ("－10", "-10", {"half-width"}),
        ("−10", "-10", {"half-width"}),
        (" 12.5\u00a0", "12.5", {"spaces-trimmed"}),
        ("+5", "5", {"number-form"}),
        (".5", "0.5", {"number-form"}),
        ("1.2E+3", "1200", {"number-form"}),
        ("12.5万元", "12.5", {"unit-removed"}),
        ("12.5 万", "12.5", {"unit-removed"}),
        ("一百二十三", "123", {"chinese-numeral"}),
        ("三点一四", "3.14", {"chinese-numeral"}),
    ],
)
def test_what_has_one_reading(
    cell: Cell, text: str, expected_steps: set[str], tmp_path: Path
):
    assert _read(cell, tmp_path) == (text, expected_steps, set())


@pytest.mark.parametrize(
    ("cell", "finding", "text"),
    [
        ("(1,234.50)", "negative-brackets", "-1234.50"),
        ("（88）", "negative-brackets", "-88"),
        ("△88", "negative-triangle", "-88"),
        ("88-", "negative-trailing", "-88"),
        ("50%", "percent-fraction", "0.50"),
        ("25.0％", "percent-fraction", "0.25"),
        ("-", "placeholder-blank", ""),
        ("/", "placeholder-blank", ""),
        ("无", "placeholder-blank", ""),
    ],
)
def test_what_can_be_read_two_ways_needs_consent(
    cell: str, finding: str, text: str, tmp_path: Path
):
    kept, _, found = _read(cell, tmp_path)
    assert (kept, found) == (cell, {finding})

    declared = {"allow": frozenset({finding})}
    changed, done, found = _read(cell, tmp_path, declared=declared)
    assert Decimal(changed or 0) == Decimal(text or 0)
    assert finding in done
    assert not found


@pytest.mark.parametrize(
    ("cell", "finding"),
    [
        ("12.5元", "unit-differs"),
        ("￥12.5", "unit-differs"),
        ("12.5亿", "unit-differs"),
        ("叁仟伍佰元整", "unit-differs"),
        ("12个", "unit-differs"),
        ("三千五", "number-doubtful"),
        ("约1234", "number-doubtful"),
        ("100以上", "number-doubtful"),
        ("NaN", "not-a-number"),
        ("-INF", "not-a-number"),
        (float("nan"), "not-a-number"),
        (float("inf"), "not-a-number"),
        ("#N/A", "error-value"),
        ("#####", "error-value"),
        (DisplayedCell(0.5, "50.0%"), "percent-fraction"),
        (DisplayedCell(12.5, "12.5元"), "unit-differs"),
    ],
)
def test_what_nobody_can_read_is_held(cell: Cell, finding: str, tmp_path: Path):
    _, done, found = _read(cell, tmp_path)

    assert found == {finding}
    assert done <= {"half-width"}


@pytest.mark.parametrize("cell", ["12,34.5", "1.234,50", "示例", "1-2", "--5", "1|2"])
def test_what_is_no_number_is_left_to_the_gate(cell: str, tmp_path: Path):
    assert _read(cell, tmp_path) == (cell, set(), set())


@pytest.mark.parametrize(
    ("cell", "text", "step"),
    [
        ("99.88%", "99.88", "unit-removed"),
        (DisplayedCell(0.9988, "99.88%"), "99.88", "percent-shown"),
    ],
)
def test_percentages_of_a_column_of_percent(
    cell: Cell, text: str, step: str, tmp_path: Path
):
    assert _read(cell, tmp_path, unit="%") == (text, {step}, set())


def test_a_declared_unit_in_a_cell_is_converted(tmp_path: Path):
    declared = {"units": {"元": "0.0001"}}

    assert _read("12,500元", tmp_path, declared=declared) == (
        "1.25",
        {"unit-converted", "thousands-mark"},
        set(),
    )


@pytest.mark.parametrize(
    ("cell", "text", "expected_steps"),
    [
        ("3", "3", set()),
        ("3.00", "3", {"number-form"}),
        (3.0, "3", set()),
        ("3.5", "3.5", set()),
        (3.5, "3.5", set()),
        ("1,003", "1003", {"thousands-mark"}),
        (True, "true", set()),
    ],
)
def test_integers(cell: Cell, text: str, expected_steps: set[str], tmp_path: Path):
    assert _read(cell, tmp_path, type="integer") == (text, expected_steps, set())


@pytest.mark.parametrize(
    ("cell", "field", "text"),
    [
        ("1.234,5", {"decimalChar": ",", "groupChar": "."}, "1.234,5"),
        (1234.5, {"decimalChar": ","}, "1234,5"),
        ("1,234", {"groupChar": ","}, "1,234"),
        ("€12", {"bareNumber": False}, "€12"),
    ],
)
def test_the_form_that_a_field_declares_is_kept(
    cell: Cell, field: dict[str, Any], text: str, tmp_path: Path
):
    assert _read(cell, tmp_path, **field) == (text, set(), set())


def test_a_missing_value_stays(tmp_path: Path):
    assert _read("-", tmp_path, missingValues=["", "-"]) == ("-", set(), set())
