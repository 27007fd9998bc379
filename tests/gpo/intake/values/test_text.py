"""Texts, codes, yes and no: what nobody sees is trimmed, what may not be there is found."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import Any

import pytest

from ckanext.gpo.common.formulas import inert
from ckanext.gpo.intake.grid import Cell, DisplayedCell

from tests.gpo.intake.sheets import ROW, TITLES, cells, findings, read, steps

at = datetime.fromisoformat


def _read(cell: Cell, folder: Path, **field: Any):
    declared = field.pop("declared", {})
    typed = field.pop("typed", not isinstance(cell, str))
    fields = [
        {"name": "k", "type": "string"},
        {"name": "t", "type": "string", **field},
        {"name": "u", "type": "string"},
    ]
    rows: list[list[Cell]] = [["k", "t", "u"], ["a", cell, "b"]]
    result = read(rows, folder, fields=fields, key="k", typed=typed, **declared)
    return cells(result)[0][1], steps(result), findings(result)


@pytest.mark.parametrize(
    ("cell", "text", "step"),
    [
        ("示例\u00a0", "示例", "spaces-trimmed"),
        ("\u200b示例", "示例", "spaces-trimmed"),
        ("\ufeff示例", "示例", "spaces-trimmed"),
        ("　示例 ", "示例", "spaces-trimmed"),
        ("示\u200b例", "示例", "invisible-removed"),
        ("示\u00a0例", "示 例", "invisible-removed"),
        ("两\r\n行", "两\n行", "line-breaks"),
        ("两\r行", "两\n行", "line-breaks"),
        ("两\u2028行", "两\n行", "line-breaks"),
        ("'00014", "00014", "text-mark"),
        ('="00014"', "00014", "text-mark"),
        (12, "12", "number-as-text"),
        (DisplayedCell(1, "001"), "001", "shown-text"),
    ],
)
def test_what_is_mended(cell: Cell, text: str, step: str, tmp_path: Path):
    assert _read(cell, tmp_path) == (text, {step: 1}, {})


@pytest.mark.parametrize(
    "cell",
    [
        "示 例",
        "（示例）",
        "两\n行",
        "-",
        "无",
        "#",
        "a|b",
        "𠮷",
        "'示例'",
        "家\u200d庭",
        None,
        "",
    ],
)
def test_what_is_left_alone(cell: Cell, tmp_path: Path):
    assert _read(cell, tmp_path, typed=False) == (cell or "", {}, {})


@pytest.mark.parametrize(
    ("cell", "finding"),
    [
        ("负责人\ue1a5", "private-use"),
        ("替换\ufffd", "replacement-character"),
        ("竖\x0b排", "control-character"),
        ("反\u202e向", "control-character"),
        ("#REF!", "error-value"),
        ("3.20402E+17", "digits-lost"),
        (1.101011990030712e17, "long-number"),
        (1.234567890123457, "long-number"),
        (DisplayedCell(110101199003071234, "1.1E+17"), "long-number"),
        (at("2026-03-01"), "date-in-text"),
    ],
)
def test_what_is_found(cell: Cell, finding: str, tmp_path: Path):
    _, done, found = _read(cell, tmp_path)

    assert found == {finding: 1}
    assert not done


def test_a_date_in_a_text_column_as_shown_with_consent(tmp_path: Path):
    declared = {"allow": frozenset({"date-in-text"})}
    cell = DisplayedCell(at("2026-03-01"), "2026年3月")

    assert _read(cell, tmp_path, declared=declared)[::2] == ("2026年3月", {})


def test_codes_are_half_width(tmp_path: Path):
    wide = "９１３２０４０２ＭＡ"

    assert _read(wide, tmp_path)[0] == wide
    assert _read(wide, tmp_path, **{"gpo:check": "uscc"}) == (
        "91320402MA",
        {"half-width": 1},
        {},
    )
    values = {"constraints": {"enum": ["甲(一)"]}}
    assert _read("甲（一）", tmp_path, **values) == ("甲(一)", {"half-width": 1}, {})
    assert _read("乙（一）", tmp_path, **values) == ("乙（一）", {}, {})


def test_declared_codes(tmp_path: Path):
    declared = {"codes": {"t": {"01": "在建"}}}

    assert _read("01", tmp_path, declared=declared) == ("在建", {"code-mapped": 1}, {})
    assert _read("02", tmp_path, declared=declared) == ("02", {}, {})


@pytest.mark.parametrize(
    ("cell", "field", "finding"),
    [
        ("甲\n乙", {"constraints": {"maxLength": 20}}, "line-break"),
        ("甲\n乙", {"constraints": {"pattern": ".*"}}, "line-break"),
        ("余\nXM2,示例,8\nXM3", {}, "rows-swallowed"),
    ],
)
def test_lines_that_a_short_text_cannot_have(
    cell: str, field: dict[str, Any], finding: str, tmp_path: Path
):
    assert _read(cell, tmp_path, **field)[2] == {finding: 1}


@pytest.mark.parametrize(
    ("cell", "text"),
    [
        ("是", "是"),
        ("Y", "是"),
        ("√", "是"),
        ("１", "是"),
        ("false", "否"),
        ("×", "否"),
        (True, "是"),
    ],
)
def test_yes_and_no(cell: Cell, text: str, tmp_path: Path):
    field = {"type": "boolean", "trueValues": ["是"], "falseValues": ["否"]}
    value, done, found = _read(cell, tmp_path, **field)

    assert (value, found) == (text, {})
    assert bool(done) is (cell not in ("是", True))


@pytest.mark.parametrize("cell", ["=1+1", "'=1", "-A1", "+86 519"])
def test_our_download_loses_its_marks(cell: str, tmp_path: Path):
    row = [ROW[0], inert(cell), *ROW[2:]]
    result = read([TITLES, row], tmp_path)

    assert cells(result)[0][1] == cell
    assert not result.steps


def test_places_are_those_of_the_file(tmp_path: Path):
    rows = [[f"XM{n} ", *ROW[1:]] for n in range(8)]
    result = read([["示例表"], TITLES, *rows], tmp_path, typed=True)

    trimmed = result.steps[1]
    assert (trimmed.code, trimmed.count) == ("spaces-trimmed", 8)
    assert [place.row for place in trimmed.places] == [3, 4, 5, 6, 7]
    assert {place.sheet for place in trimmed.places} == {"2025年"}
    assert {place.label for place in trimmed.places} == {"项目编号"}
