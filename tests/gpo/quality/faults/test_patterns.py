"""What many faults have in common, as facts and as a sentence. 示例数据."""

from __future__ import annotations

from ckanext.gpo.common.tables import Table
from ckanext.gpo.quality.faults.patterns import Patterns
from ckanext.gpo.quality.report.summary import sentence

from .test_repairs import AMOUNT, CODE, COMPANY

TABLE = Table("probe", {"name": "probe", "schema": {"fields": [COMPANY, AMOUNT]}})
ROWS = 1_000


def _add(patterns: Patterns, row: int, value: str, field: str = "code") -> None:
    place = {"row": row + 2, "clean_row": row, "column": 12}
    patterns.add("code-error", field, hint="uscc-checksum", value=value, **place)


def test_a_digit_that_most_lack_is_told():
    patterns = Patterns(TABLE, ROWS)
    for row in range(10, 47):
        _add(patterns, 2 * row, CODE[:-1] if row % 4 else CODE[:-1] + "Q")

    (pattern,) = patterns.as_list()

    assert (pattern["rows"], pattern["share"]) == (37, 0.037)
    assert (pattern["slip"], pattern["difference"]) == ("short", -1)
    said = sentence(pattern, "统一社会信用代码", str)
    assert said == (
        "Column 12 “统一社会信用代码”: Invalid code (the check digit does not fit), "
        "rows: 37, 3.7% of all rows, most of them: characters missing: 1, "
        f"most often “{CODE[:-1]}” (28 times), first in row 22"
    )


def test_what_holds_from_a_row_on_is_told():
    patterns = Patterns(TABLE, ROWS)
    for row in range(900, ROWS + 2):
        _add(patterns, row, CODE[:-1] + "Q")

    (pattern,) = patterns.as_list()

    assert pattern["run"] == "from"
    assert "in every row from row 902 on" in sentence(pattern, "", str)


def test_every_row_and_a_span_of_rows_are_told_apart():
    patterns = Patterns(TABLE, ROWS)
    for row in range(2, ROWS + 2):
        _add(patterns, row, "x", "code")
        if row in range(50, 60):
            _add(patterns, row, "很多", "amount")

    assert [(p["field"], p["run"]) for p in patterns.as_list()] == [
        ("code", "all"),
        ("amount", "span"),
    ]


def test_a_row_counts_once_however_often_it_fails():
    patterns = Patterns(TABLE, ROWS)
    for _ in range(3):
        _add(patterns, 7, "x")

    (pattern,) = patterns.as_list()

    assert (pattern["faults"], pattern["rows"]) == (3, 1)


def test_memory_is_bounded_by_the_values_that_are_counted():
    patterns = Patterns(TABLE, 10_000)
    for row in range(10_000):
        _add(patterns, row, f"{row}")
    for row in range(3):
        _add(patterns, 10_000 + row, "1")

    (pattern,) = patterns.as_list()
    assert pattern["values"] == [["1", 4]]
