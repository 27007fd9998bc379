"""Who may read which report, and what stands in it."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa
from flask import render_template_string

from ckanext.gpo.quality.publication import storage

from ...conftest import VENUES, Gate, as_csv, row


def _path(version) -> str:
    return f"/dataset/{version['dataset']}/report/{version['id']}"


def test_a_report_is_as_public_as_its_version(app, shown, steward):
    passed = app.get(_path(shown.passed))
    assert passed.status_code == 200
    assert "已发布" in passed.body

    refused = app.get(_path(shown.rejected))
    assert refused.status_code == 404
    assert "无此场馆" not in refused.body
    assert app.get(_path(shown.rejected), headers=steward).status_code == 200

    elsewhere = f"/dataset/culture-culture-venues/report/{shown.rejected['id']}"
    assert app.get(elsewhere, headers=steward).status_code == 404
    assert app.get("/dataset/culture-culture-venues/report/no").status_code == 404


def test_the_department_sees_what_to_mend(app, shown, steward):
    desk = app.get("/desk", headers=steward).body
    assert _path(shown.rejected) in desk
    assert desk.index("群众文化活动") < desk.index("公共文化机构免费开放信息")

    report = app.get(_path(shown.rejected), headers=steward).body
    marked = report.split('<td class="fault">')[1].split("</td>")[0]
    assert "无此场馆" in marked
    for word in ("应为", "实为", "改正建议"):
        assert word in report
    # the header and two rows lie above it in the department's own file
    assert "第4行" in report


@pytest.mark.parametrize(
    ("path", "title", "found", "mend"),
    [
        ("", "文件的读取过程", "发现的情况", "改正建议"),
        ("/en", "How the file was read", "What was found", "How to correct it"),
    ],
)
def test_how_a_file_was_read_and_what_holds_it(
    app, gate: Gate, steward, path: str, title: str, found: str, mend: str
):
    table = as_csv(VENUES, row(VENUES, floor_area="(88)")).decode()
    content = f"示例数据\n{table}".encode("gb18030")
    version = gate.judge(VENUES, content=content)

    report = app.get(path + _path(version), headers=steward).body

    for word in (title, "GB18030", found, mend, "(88)"):
        assert word in report


def test_a_file_that_cannot_be_read_has_words_of_its_own(app, gate: Gate, steward):
    version = gate.judge(VENUES, content=b"PK\x03\x04 and then nothing")

    report = app.get(_path(version), headers=steward).body

    assert "发现的情况" in report
    assert "文件不完整" in report


@pytest.fixture
def many(gate: Gate, steward):
    """Sixty faulty rows, each with two faults."""
    good = row(VENUES)
    rows = [
        good | {"venue_code": f"WH32040{number:02}", "floor_area": "很多"}
        for number in range(60)
    ]
    return gate.judge(VENUES, content=as_csv(VENUES, *rows))


def test_a_row_has_one_card_with_all_its_faults(app, many, steward):
    report = app.get(_path(many), headers=steward).body

    cards = report.split('class="fault-card"')[1:]
    assert len(cards) == 20
    assert all(card.count('class="mend"') == 2 for card in cards)
    assert all(card.count('<td class="fault') == 2 for card in cards)
    assert re.search("第[0-9]+列“建筑面积”", report)
    assert "60行类型不正确" in report
    assert "用文字代替数字" in report
    assert "errors.xlsx" in report

    last = app.get(_path(many) + "?page=3", headers=steward).body
    assert "第61行" in last
    assert app.get(_path(many) + "?page=4", headers=steward).status_code == 404


def test_rows_are_chosen_by_rule_and_field(app, many, steward):
    chosen = app.get(
        _path(many) + "?rule=type-error&field=floor_area", headers=steward
    ).body
    assert "共60条" in chosen
    assert 'value="type-error" selected' in chosen

    none = app.get(
        _path(many) + "?rule=type-error&field=venue_code", headers=steward
    ).body
    assert "共0条" in none
    assert "fault-card" not in none


def test_a_page_costs_the_same_however_many_faults_it_does_not_show(
    app, gate: Gate, many, steward, monkeypatch
):
    good = row(VENUES)
    rows = [
        good | {"venue_code": f"WH32040{number % 90 + 10}", "floor_area": "很多"}
        for number in range(2_400)
    ]
    larger = gate.judge(VENUES, content=as_csv(VENUES, *rows))
    assert larger["report"]["kept"]["pieces"] == 3
    costs = {}
    for version in (many, larger):
        app.get(_path(version), headers=steward)
        costs[version["id"]] = _cost(app, _path(version), steward, monkeypatch)

    (few, read_of_few), (all_, read_of_all) = costs.values()
    assert few == all_
    assert [Path(name).suffix for name in read_of_few] == [".json", ".gz"]
    assert [Path(name).name for name in read_of_all] == ["index.json", "00000.jsonl.gz"]


def _cost(app, path: str, headers, monkeypatch) -> tuple[int, list[str]]:
    """Statements, and the files that are read."""
    statements: list[str] = []
    read: list[str] = []
    original = storage.read

    def count(connection: Any, cursor: Any, statement: str, *_: Any) -> None:
        statements.append(statement)

    def watched(location: str) -> bytes:
        read.append(location)
        return original(location)

    with monkeypatch.context() as patch:
        patch.setattr(storage, "read", watched)
        sa.event.listen(sa.Engine, "before_cursor_execute", count)
        app.get(path, headers=headers)
        sa.event.remove(sa.Engine, "before_cursor_execute", count)
    return len(statements), read


CARD = {
    "row": 5,
    "source_row": None,
    "key": ["A1"],
    "cells": {"code": "A1", "name": '甲"<b>', "note": "一\n二"},
    "marked": ["name", "note"],
    "clipped": [],
    "faults": [
        {
            "rule": "type-error",
            "field": "name",
            "label": "名称",
            "title": "类型错误",
            "message": "",
            "meaning": "",
            "expected": "文本",
            "example": "乙",
            "fix": "",
            "marked": ["name"],
        }
    ],
}
FIELDS = [{"name": name, "title": name, "number": False} for name in CARD["cells"]]


@pytest.mark.usefixtures("with_request_context")
def test_cells_are_corrected_in_one_form():
    form = render_template_string(
        '{% snippet "gpo_quality/snippets/correction_form.html", cards=cards,'
        ' fields=fields, table="no/table", origin={}, correct="/correct" %}',
        cards=[CARD],
        fields=FIELDS,
    )

    assert form.count("<form") == 1
    assert 'method="post" action="/correct"' in form
    assert "_csrf_token" in form
    names = re.findall(r' name="((?:cell|was)\.[^"]+)"', form)
    assert names == ["was.5.name", "cell.5.name", "was.5.note", "cell.5.note"]
    assert 'value="甲&#34;&lt;b&gt;"' in form
    assert "<textarea" in form
    assert 'name="note"' in form


def test_cells_of_many_kibibytes_are_cut_on_the_page(app, gate: Gate, steward):
    long, short = "长" * 200_000, "长" * 1_500
    rows = [row(VENUES, venue_code="x", address=long, floor_area=short)]
    version = gate.judge(VENUES, content=as_csv(VENUES, *rows))

    page = app.get(_path(version), headers=steward).body
    shown = app.get(
        "/api/3/action/gpo_quality_version_show",
        query_string={"id": version["id"]},
        headers=steward,
    ).body

    assert len(page) < 100_000
    assert len(shown) < 100_000
    # what is there whole can be corrected
    assert 'name="cell.2.floor_area"' in page
    assert 'name="cell.2.address"' not in page
    answer = app.post(
        "/api/3/action/gpo_quality_version_correct",
        json={
            "id": version["id"],
            "corrections": [
                {"row": 2, "field": "floor_area", "before": short, "after": "88"}
            ],
        },
        headers=steward,
    ).json
    assert answer["success"], answer


@pytest.mark.usefixtures("with_request_context")
def test_who_may_not_hand_in_has_no_form():
    cards = render_template_string(
        '{% snippet "gpo_quality/snippets/correction_form.html", cards=cards,'
        ' fields=fields, table="no/table", origin={}, correct="" %}',
        cards=[CARD],
        fields=FIELDS,
    )

    assert "<form" not in cards
    assert "<input" not in cards
