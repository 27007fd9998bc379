"""All faults of a file are kept, each once, in cards of its rows. 示例数据."""

from __future__ import annotations

import gzip
import json
from collections import Counter
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import duckdb
import pytest
from hypothesis import given
from hypothesis import strategies as st

from ckanext.gpo.common.tables import Table
from ckanext.gpo.common.tables import table as described
from ckanext.gpo.intake import IntakeError, Limits
from ckanext.gpo.quality import faults
from ckanext.gpo.quality.engine import EXAMPLES
from ckanext.gpo.quality.examination import examine
from ckanext.gpo.quality.faults import ANY, Cards, Choice, Index

FILES = Path(__file__).parents[2] / "intake" / "kinds" / "files"
BUDGET = described("budget/three_public_expenses")

FIELDS = [
    {
        "name": "code",
        "title": "编号",
        "type": "string",
        "constraints": {"required": True, "pattern": "A[0-9]{3}"},
    },
    {"name": "amount", "title": "金额", "type": "number", "unit": "万元"},
    {"name": "day", "title": "日期", "type": "date"},
]
TABLE = Table(
    "probe",
    {
        "name": "probe",
        "title": "样表",
        "schema": {"fields": FIELDS, "primaryKey": "code"},
    },
)


def _examined(text: str, folder: Path) -> tuple[dict[str, Any], Cards]:
    path = folder / "报表.csv"
    path.write_text(text, "utf-8")
    report = examine(path, TABLE, {}, [], folder, Limits())
    return report, cards(report, folder)


def cards(report: dict[str, Any], folder: Path) -> Cards:
    """The cards that an examination has left in a folder."""
    if not report["kept"]["pieces"]:
        return Cards(Index([]), lambda _: [])
    index = json.loads((folder / faults.FOLDER / faults.INDEX).read_text("utf-8"))

    def load(number: int) -> list[str]:
        path = folder / faults.FOLDER / faults.piece_name(number)
        return gzip.decompress(path.read_bytes()).decode().split("\n")[:-1]

    return Cards(Index.from_dict(index), load)


def _require_whole(report: dict[str, Any], kept: Cards) -> None:
    """What is kept is what the report counts, by every choice and in every part."""
    each = list(kept.faults(ANY))
    groups = Counter((fault["rule"], fault.get("field")) for _, fault in each)
    assert groups == {(c["rule"], c["field"]): c["count"] for c in report["counts"]}
    assert len(each) == report["error_count"] == kept.count_faults(ANY)
    assert report["valid"] == (not each)
    examples = Counter((e["rule"], e.get("field")) for e in report["errors"])
    assert examples == {group: min(n, EXAMPLES) for group, n in groups.items()}
    rows = [card.row for card in kept]
    assert rows == sorted(rows, key=lambda row: row or 0)
    assert len(rows) == kept.count(ANY) == report["kept"]["cards"]
    in_rows = [row for row in rows if row is not None]
    assert len({*in_rows}) == len(in_rows) == report["kept"]["rows"]
    for rule, field in groups:
        for choice in (
            Choice(rule),
            Choice("", field or ""),
            Choice(rule, field or ""),
        ):
            matches = [fault for _, fault in each if choice.matches(fault)]
            assert [fault for _, fault in kept.faults(choice)] == matches
            assert kept.count_faults(choice) == len(matches)
            assert len(kept.page(choice, 0, 10_000)) == kept.count(choice)


@pytest.mark.parametrize("path", sorted(FILES.iterdir()), ids=lambda path: path.name)
def test_all_faults_of_a_file_are_kept(path: Path, tmp_path: Path):
    try:
        report = examine(path, BUDGET, {}, [], tmp_path, Limits())
    except IntakeError:
        return
    _require_whole(report, cards(report, tmp_path))


CELLS = st.tuples(
    st.sampled_from(["A001", "A002", "B9", "", "A00O"]),
    st.sampled_from(["1", "(88)", "很多", "50%", "-", "1,2,3"]),
    st.sampled_from(["2026-01-02", "26/3/5", "2026年3月5日", "民国99年1月1日", ""]),
)


@given(rows=st.lists(CELLS, min_size=1, max_size=60))
def test_no_fault_is_lost_or_told_twice(rows: list[tuple[str, str, str]]):
    lines = "".join(f'{a},"{b}",{c}\n' for a, b, c in rows)
    with TemporaryDirectory() as name:
        report, kept = _examined(f"编号,金额,日期\n{lines}", Path(name))

        _require_whole(report, kept)
        for _, fault in kept.faults(ANY):
            held = {"negative-brackets", "percent-fraction", "date-ambiguous"}
            if fault["rule"] == "type-error":
                same = next(card for card in kept if card.row == fault["row"])
                others = [f for f in same.faults if f.get("field") == fault["field"]]
                assert not held & {other["rule"] for other in others}


def test_more_faults_than_a_report_has_examples(tmp_path: Path):
    lines = "".join(
        f"A{number:03},{'很多' if number % 2 else '(88)'},2026-01-02\n"
        for number in range(1_000)
    )
    report, kept = _examined(f"示例数据\n编号,金额,日期\n{lines * 3}", tmp_path)

    _require_whole(report, kept)
    assert report["kept"]["pieces"] == 3
    assert kept.count_faults(Choice("negative-brackets", "amount")) == 1_500
    (card,) = kept.page(ANY, 2_500, 1)
    assert card.row == 2_503
    assert card.cells == {"code": "A500", "amount": "(88)", "day": "2026-01-02"}
    assert {fault["rule"] for fault in card.faults} == {
        "negative-brackets",
        "primary-key",
    }
    (other,) = (fault for fault in card.faults if fault["rule"] == "primary-key")
    assert other["other_row"] == 1_503
    piece = str(tmp_path / faults.FOLDER / "*.jsonl.gz")
    query = duckdb.sql(f"SELECT count(*) FROM read_json('{piece}')")
    assert query.fetchall() == [(3_000,)]


def test_a_page_reads_only_the_pieces_that_it_shows(tmp_path: Path):
    lines = "".join(f"A{number % 1000:03},很多,x\n" for number in range(5_000))
    lines += "B1,1,2026-01-02\n"
    report, kept = _examined(f"编号,金额,日期\n{lines}", tmp_path)
    loaded: list[int] = []
    load = kept._load

    def watched(number: int) -> Any:
        loaded.append(number)
        return load(number)

    kept._load = watched

    assert kept.page(ANY, 4_000, 20)[0].row == 4_002
    assert [card.row for card in kept.page(Choice("constraint-error"), 0, 20)] == [
        5_002
    ]
    assert [
        fault["row"] for _, fault in kept.faults(Choice("type-error"), 9_998, 2)
    ] == [
        5_001,
        5_001,
    ]
    assert loaded == [4, 5, 4]
    assert report["error_count"] == kept.count_faults(ANY)


def test_what_concerns_the_header_comes_first(tmp_path: Path):
    _, kept = _examined("编号,数额,日期\nA001,1,2026-01-02\n", tmp_path)

    first = next(iter(kept))
    assert (first.row, first.cells) == (None, {})


def test_an_older_report_shows_its_examples():
    fault = {"rule": "type-error", "note": "", "field": "amount", "value": "很多"}
    report = {
        "errors": [
            fault | {"row": 9, "cells": ["A001", "很多", ""]},
            fault | {"row": 4, "cells": ["A002", "很多", ""]},
            {"rule": "candidate-columns", "note": "x"},
        ]
    }

    kept = faults.example_cards(report, ["code", "amount", "day"])

    assert [card.row for card in kept] == [None, 4, 9]
    assert kept.page(Choice("type-error"), 1, 5)[0].cells["code"] == "A001"
    assert kept.count_faults(ANY) == 3
