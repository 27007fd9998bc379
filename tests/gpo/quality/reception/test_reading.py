"""What the reader found becomes part of the report, at the file's own rows. 示例数据."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from ckanext.gpo.common.tables import Table
from ckanext.gpo.intake import IntakeError, Limits
from ckanext.gpo.quality import report as report_words
from ckanext.gpo.quality.examination import examine

FIELDS = [
    {
        "name": "code",
        "title": "编号",
        "type": "string",
        "constraints": {"required": True},
    },
    {"name": "amount", "title": "金额", "type": "number", "unit": "万元"},
    {"name": "day", "title": "日期", "type": "date"},
]


def _table(**declared: Any) -> Table:
    schema = {"fields": FIELDS, "primaryKey": "code", "gpo:intake": declared}
    return Table("probe", {"name": "probe", "title": "样表", "schema": schema})


def _report(
    text: str, folder: Path, source: dict[str, Any] | None = None, **declared: Any
) -> dict[str, Any]:
    path = folder / "报表.csv"
    path.write_text(text, "utf-8")
    return examine(path, _table(**declared), source or {}, [], folder, Limits())


def test_rows_and_columns_are_those_of_the_file(tmp_path: Path):
    report = _report(
        "示例数据,,\n编号,日期,金额\nA,2026-01-02,1\n合计,,1\nB,2026-01-02,很多\n",
        tmp_path,
    )

    [error] = report["errors"]
    assert (error["rule"], error["row"], error["column"]) == ("type-error", 5, 3)
    assert error["cells"] == ["B", "很多", "2026-01-02"]
    assert [step["code"] for step in report["steps"]] == [
        "rows-above",
        "columns-reordered",
        "rows-total",
    ]
    assert (report["format"], report["rows"]) == ("csv", 2)


def test_a_finding_is_an_error_and_its_cell_no_second_one(tmp_path: Path):
    report = _report("编号,金额,日期\nA,(88),2026-01-02\nB,很多,2026-01-02\n", tmp_path)

    assert {(c["rule"], c["field"]): c["count"] for c in report["counts"]} == {
        ("negative-brackets", "amount"): 1,
        ("type-error", "amount"): 1,
    }
    held = report["errors"][0]
    assert (held["row"], held["column"], held["value"]) == (2, 2, "(88)")
    assert held["cells"] == ["A", "(88)", "2026-01-02"]
    assert (report["valid"], report["error_count"]) == (False, 2)


@pytest.mark.parametrize("by", ["schema", "source"])
def test_what_is_consented_to_is_a_step(by: str, tmp_path: Path):
    consent = {"allow": ["negative-brackets"]}
    text = "编号,金额,日期\nA,(88),2026-01-02\n"

    if by == "schema":
        report = _report(text, tmp_path, **consent)
    else:
        report = _report(text, tmp_path, consent)

    assert report["valid"], report["errors"]
    assert [step["code"] for step in report["steps"]] == ["negative-brackets"]
    assert "-88" in (tmp_path / "rows.csv").read_text("utf-8")


def test_a_wrong_header_is_told_once_and_no_row_is_blamed(tmp_path: Path):
    report = _report("编号,数额,日期\n,1,2026-01-02\n" * 9, tmp_path)

    rules = {error["rule"] for error in report["errors"]}
    assert rules <= {"column-missing-optional", "column-extra", "header-repeated"}
    assert report["counts"][0]["field"] == "amount"


def test_every_error_and_step_has_words(tmp_path: Path):
    report = _report(
        "示例数据,,\n编号,金额,日期\nA,(88),26/3/5\nB,1,2026年3月5日\n", tmp_path
    )

    words = [report_words.explain(error, _table(), str) for error in report["errors"]]
    assert all(each["meaning"] and each["fix"] for each in words)
    assert words[0]["label"] == "金额"
    sentences = report_words.steps(report, str)
    assert len(sentences) == len(report["steps"]) == 2
    assert "(row 1)" in sentences[0]
    assert sentences[1].startswith("日期: ")


def test_a_file_that_cannot_be_read_says_where(tmp_path: Path):
    with pytest.raises(IntakeError) as caught:
        _report('编号,金额,日期\nA,1,2026-01-02\nB,"1,2026-01-02\n', tmp_path)

    assert (caught.value.code, caught.value.row) == ("quote-unclosed", 3)
