"""Candidates and the reports they get: every kind of fault ends as its own message."""

from __future__ import annotations

import csv
import io
from pathlib import Path
from typing import Any

import pytest

from ckanext.gpo.common.tables import Table, table
from ckanext.gpo.quality import engine
from ckanext.gpo.quality import report as report_words
from ckanext.gpo.quality.engine import Reference
from ckanext.gpo.quality.engine.findings import EXAMPLES
from ckanext.gpo.quality.reception import origin as origins

TABLE = table("food_drug/food_licences")
USCC = "91320402MA0000001P"


def good_row(of: Table, **changes: Any) -> dict[str, str]:
    row = {field["name"]: str(field.get("example", "")) for field in of.fields}
    return row | {name: str(value) for name, value in changes.items()}


def as_csv(*rows: dict[str, str], labels: list[str] | None = None) -> bytes:
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(labels or list(rows[0]))
    writer.writerows(row.values() for row in rows)
    return text.getvalue().encode()


def check(content: bytes, folder: Path, of: Table = TABLE) -> dict[str, Any]:
    received = folder / "received"
    received.write_bytes(content)
    references = [Reference(key, frozenset({(USCC,)})) for key in of.foreign_keys]
    return engine.check(received, of, references, folder / "rows.csv")


def two_good_rows() -> tuple[dict[str, str], dict[str, str]]:
    first = good_row(TABLE, uscc=USCC)
    key = first["licence_number"]
    return first, first | {
        "licence_number": key[:-1] + ("1" if key[-1] != "1" else "2")
    }


def test_good_rows_pass_and_are_spooled(tmp_path: Path):
    rows = two_good_rows()

    report = check(as_csv(*rows), tmp_path)

    assert report["valid"], report["errors"]
    assert report["rows"] == 2
    assert report["rules"] == len(engine.rules(TABLE))
    with (tmp_path / "rows.csv").open(newline="") as spool:
        assert list(csv.DictReader(spool)) == list(rows)


def test_order_of_columns_is_free(tmp_path: Path):
    row = two_good_rows()[0]
    turned = dict(reversed(row.items()))

    report = check(as_csv(turned), tmp_path)

    assert report["valid"], report["errors"]
    with (tmp_path / "rows.csv").open(newline="") as spool:
        assert list(csv.DictReader(spool)) == [row]


DATE = next(f["name"] for f in TABLE.fields if f["type"] == "date")
ENUM = next(f["name"] for f in TABLE.fields if "enum" in f.get("constraints", {}))


@pytest.mark.parametrize(
    ("changes", "rule", "field"),
    [
        ({DATE: "2017-02-30"}, "type-error", DATE),
        ({ENUM: "没有这个词"}, "constraint-error", ENUM),
        ({"uscc": ""}, "constraint-error", "uscc"),
        ({"uscc": "91320402MA0000001A"}, "code-error", "uscc"),
        ({"uscc": "91320402MA00000029"}, "foreign-key", "uscc"),
    ],
)
def test_a_faulty_cell_is_found(
    changes: dict[str, str], rule: str, field: str, tmp_path: Path
):
    good, other = two_good_rows()

    report = check(as_csv(good, other | changes), tmp_path)

    assert not report["valid"]
    fact = next(e for e in report["errors"] if e["rule"] == rule)
    assert (fact["row"], fact["field"]) == (3, field)
    assert len(fact["cells"]) == len(TABLE.fields)
    words = report_words.explain(fact, TABLE, str)
    assert words["label"] in words["message"]
    assert words["expected"]
    assert words["fix"]


def test_repeated_key_is_found(tmp_path: Path):
    row = two_good_rows()[0]

    report = check(as_csv(row, row), tmp_path)

    assert [e["rule"] for e in report["errors"]] == ["primary-key"]


def test_wrong_header_is_told_once_and_rows_are_not_blamed(tmp_path: Path):
    row = two_good_rows()[0]
    labels = [name for name in row if name != ENUM] + ["备注"]

    report = check(as_csv(*[row] * 50, labels=labels), tmp_path)

    rules = {e["rule"] for e in report["errors"]}
    assert "missing-label" in rules
    assert all("row" not in e for e in report["errors"])
    words = [report_words.explain(e, TABLE, str) for e in report["errors"]]
    assert any(TABLE.fields[0]["title"] or w["label"] for w in words)


def test_header_without_rows_is_rejected(tmp_path: Path):
    labels = [field["name"] for field in TABLE.fields]

    report = check((",".join(labels) + "\n").encode(), tmp_path)

    assert [e["rule"] for e in report["errors"]] == ["table-dimensions"]


def test_counts_are_complete_where_examples_are_bounded(tmp_path: Path):
    good = two_good_rows()[0]
    rows = [good | {"licence_number": "", ENUM: "错"} for _ in range(1500)]

    report = check(as_csv(*rows), tmp_path)

    assert report["error_count"] > 3000
    enum = next(c for c in report["counts"] if c["field"] == ENUM)
    assert enum["count"] == 1500
    assert len([e for e in report["errors"] if e.get("field") == ENUM]) == EXAMPLES


@pytest.mark.parametrize(
    ("origin", "row", "expected"),
    [
        ({}, 5, None),
        ({"row_offset": 2}, None, None),
        ({"row_offset": 2}, 5, 7),
        ({"row_offsets": [[2, 3], [10, 4]]}, 9, 12),
        ({"row_offsets": [[2, 3], [10, 4]]}, 10, 14),
    ],
)
def test_row_in_the_departments_own_file(
    origin: dict[str, Any], row: int | None, expected: int | None
):
    assert origins.source_row(origin, row) == expected


@pytest.mark.parametrize("quoted", [False, True], ids=["fast", "slow"])
def test_personal_data_is_held_in_texts_of_any_form(tmp_path: Path, quoted: bool):
    schema = {
        "fields": [
            {"name": "code", "type": "string", "constraints": {"pattern": r"\d+"}},
            {"name": "note", "type": "string"},
        ]
    }
    described = Table("tax", {"name": "t", "title": "表", "schema": schema})
    lines = [
        "code,note",
        "13800000000,与上年持平",
        "1,手机13800000000",
        "2,138****0000",
    ]
    path = tmp_path / "rows.csv"
    path.write_text("\n".join(lines) + ('\n3,"a"b\n' if quoted else "\n"), "utf-8")

    report = engine.check(path, described, [], None)

    held = [e for e in report["errors"] if e["rule"] == "personal-data"]
    assert [(e["row"], e["field"], e["note"]) for e in held] == [
        (3, "note", "mobile-number")
    ]
    assert (report["slow"] is not None) == quoted
