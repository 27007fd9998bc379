"""What the check lets through and PostgreSQL cannot hold."""

from __future__ import annotations

import csv
from pathlib import Path
from typing import Any

import pytest

from ckanext.gpo.common import characters
from ckanext.gpo.common.tables import Table
from ckanext.gpo.quality.engine import storable
from ckanext.gpo.quality.engine.rows import LONGEST_ROW
from ckanext.gpo.quality.report import explain

TABLE = Table(
    "budget",
    {
        "name": "probe",
        "title": "样表",
        "schema": {
            "fields": [
                {"name": "code", "title": "编号", "type": "string"},
                {"name": "count", "title": "数量", "type": "integer"},
                {"name": "amount", "title": "金额", "type": "number"},
                {"name": "year", "title": "年度", "type": "year"},
            ],
            "primaryKey": ["code"],
        },
    },
)

GOOD = ["常州", "-9223372036854775808", "-0.5", "2026"]


def faults(folder: Path, *rows: list[str]) -> dict[str, Any]:
    spool = folder / "rows.csv"
    with spool.open("w", encoding="utf-8", newline="") as target:
        writer = csv.writer(target)
        writer.writerow([field["name"] for field in TABLE.fields])
        writer.writerows(rows)
    return storable.faults(spool, TABLE)


def test_what_fits_is_no_fault(tmp_path: Path):
    numbers = [["x", "1", number, "2026"] for number in ("NaN", "-Infinity", "1.50")]

    assert faults(tmp_path, GOOD, [""] * 4, ["x\r\ny", *GOOD[1:]], *numbers) == {}


@pytest.mark.parametrize(
    ("place", "cell", "reason"),
    [
        (0, "a\0b", "character"),
        (0, "k" * 2_601, "key"),
        (1, "9223372036854775808", "int8"),
        (2, "1" + "0" * 131_072, "numeric"),
        (2, "-0." + "0" * 16_383 + "1", "numeric"),
        (2, "sNaN", "numeric"),
        (3, "99999999999", "int4"),
    ],
    ids=["character", "key", "int8", "before", "after", "signal", "int4"],
)
def test_what_does_not_is_named_by_row_and_field(
    tmp_path: Path, place: int, cell: str, reason: str
):
    bad = [*GOOD[:place], cell, *GOOD[place + 1 :]]

    report = faults(tmp_path, GOOD, ["line\nline", *GOOD[1:]], bad)

    name = TABLE.fields[place]["name"]
    assert not report["valid"]
    assert report["counts"] == [{"rule": storable.RULE, "field": name, "count": 1}]
    (error,) = report["errors"]
    assert (error["row"], error["field"], error["note"]) == (4, name, reason)
    assert characters.escape(cell).startswith(error["value"])
    words = explain(error, TABLE, str)
    limit = storable.LIMITS[reason]
    assert words["expected"]
    assert limit is None or str(limit) in words["expected"]


def test_counts_are_complete_and_examples_are_few(tmp_path: Path):
    bad = ["x", "9" * 30, "1", "2026"]

    report = faults(tmp_path, *[bad] * 50)

    assert report["error_count"] == 50
    assert len(report["errors"]) == storable.EXAMPLES
    assert [error["row"] for error in report["errors"]][:3] == [2, 3, 4]


def test_a_row_of_many_mebibytes_is_a_fault(tmp_path: Path):
    report = faults(tmp_path, GOOD, ["长" * (LONGEST_ROW // 3 + 9), *GOOD[1:]])

    (error,) = report["errors"]
    assert error["note"] == "row"
    assert str(LONGEST_ROW) in explain(error, TABLE, str)["expected"]
