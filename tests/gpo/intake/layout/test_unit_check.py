"""A file's units beside the schema's: a difference holds, a declared factor converts."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.gpo.intake.sheets import ROW, TITLES, cells, findings, read, steps


def _labelled(label: str) -> list[str]:
    return [*TITLES[:2], label, *TITLES[3:]]


@pytest.mark.parametrize(
    ("line", "label", "finding"),
    [
        ("单位：万元", "金额", None),
        ("（金额单位:万元）", "金额", None),
        ("填报单位：示例局", "金额", None),
        ("单位：万元、个", "金额", "unit-undeclared"),
        ("单位：元", "金额", "unit-differs"),
        ("金额单位：亿元", "金额", "unit-differs"),
        ("示例", "金额（万元）", None),
        ("示例", "金额\n(单位：元)", "unit-differs"),
        ("单位：元", "金额（万元）", "unit-differs"),
        ("单位：人", "金额", "unit-undeclared"),
        ("示例", "数量（个）", "column-missing"),
    ],
)
def test_units_above_and_beside(
    line: str, label: str, finding: str | None, tmp_path: Path
):
    result = read([[line], _labelled(label), ROW], tmp_path)

    assert (finding in findings(result)) if finding else not result.findings


def test_a_count_beside_a_field_without_unit_is_held(tmp_path: Path):
    header = [*TITLES[:3], "数量（个）", TITLES[4]]
    result = read([header, ROW], tmp_path)

    assert findings(result) == {"unit-undeclared": 1}
    assert result.findings[0].facts == {"unit": "个"}


def test_a_declared_unit_is_converted(tmp_path: Path):
    row = ["XM1", "示例工程", "125,000.50", "3", "2026-03-05"]
    units = {"元": "0.0001"}
    result = read([["单位：元"], TITLES, row], tmp_path, units=units)

    assert cells(result)[0][2] == "12.50005"
    assert steps(result)["unit-converted"] == 1
    assert not result.findings


def test_a_declared_unit_converts_typed_numbers(tmp_path: Path):
    row = ["XM1", "示例工程", 125000, 3, None]
    rows = [_labelled("金额（元）"), row]
    result = read(rows, tmp_path, typed=True, units={"元": "0.0001"})

    assert cells(result)[0][2] == "12.5"


def test_a_wrong_factor_is_held(tmp_path: Path):
    units = {"元": "0.001"}
    result = read([["单位：元"], TITLES, ROW], tmp_path, units=units)

    assert findings(result) == {"unit-factor-wrong": 1}
    assert cells(result)[0][2] == "12.5"
