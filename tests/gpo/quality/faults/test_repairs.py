"""What a slip of the pen is called, and what may be meant. 示例数据."""

from __future__ import annotations

from typing import Any

import pytest

from ckanext.gpo.quality.faults import SLIPS, Slip, slip
from ckanext.gpo.quality.faults.repairs import fits, fixed_length
from ckanext.gpo.quality.report import slips

CODE = "91320402MA0000001P"
COMPANY = {
    "name": "code",
    "type": "string",
    "example": CODE,
    "gpo:check": "uscc",
    "constraints": {"pattern": "[0-9A-HJ-NPQRTUWXY]{18}"},
}
AMOUNT = {"name": "amount", "type": "number", "constraints": {"maximum": 1_000}}
COUNT = {"name": "count", "type": "integer", "constraints": {"minimum": 0}}
DAY = {"name": "day", "type": "date"}
KIND = {"name": "kind", "type": "string", "constraints": {"enum": ["文化馆", "博物馆"]}}


@pytest.mark.parametrize(
    ("value", "field", "expected"),
    [
        (f" {CODE[:8]} {CODE[8:]}", COMPANY, Slip("spaces", CODE)),
        (f"{CODE}\u200b", COMPANY, Slip("spaces", CODE)),
        (CODE.replace("9", "９"), COMPANY, Slip("full-width", CODE)),
        (CODE.replace("0", "O"), COMPANY, Slip("letters", CODE)),
        (CODE.lower(), COMPANY, Slip("lower-case", CODE)),
        (f"{CODE[:8]}-{CODE[8:]}", COMPANY, Slip("marks", CODE)),
        (CODE[:-1], COMPANY, Slip("short")),
        (CODE + "0", COMPANY, Slip("long")),
        (CODE[:-1] + "Q", COMPANY, None),
        ("12.5万元", AMOUNT, Slip("unit", "12.5")),
        ("1,2", AMOUNT, Slip("marks", "12")),
        ("35000", AMOUNT, Slip("other-unit", "3.5")),
        ("很多", AMOUNT, Slip("words")),
        ("—", AMOUNT, Slip("placeholder")),
        ("N/A", AMOUNT, Slip("placeholder")),
        ("12.0", COUNT, Slip("fraction", "12")),
        ("-3", COUNT, None),
        ("2026-13-05", DAY, Slip("day-month", "2026-05-13")),
        ("2026/3/5", DAY, Slip("day-form", "2026-03-05")),
        ("2026-02-30", DAY, Slip("no-such-day")),
        ("区文化馆", KIND, Slip("near-word", "文化馆")),
        ("电影院", KIND, None),
        ("", KIND, None),
        ("  ", KIND, None),
    ],
)
def test_a_slip_is_named(value: str, field: dict[str, Any], expected: Slip | None):
    found = slip(value, field)

    assert found == expected
    if found and found.repaired:
        assert fits(found.repaired, field)


def test_a_length_that_varies_is_none():
    assert fixed_length(COMPANY) == 18
    assert fixed_length(KIND) is None
    varying = {"constraints": {"pattern": "c[0-9]+"}, "example": "c12"}
    assert fixed_length(varying) is None


@pytest.mark.parametrize("code", SLIPS)
def test_every_slip_has_words(code: str):
    assert slips.common(code, -1, str)
