"""The page about the changes of one record, as readers get it."""

from __future__ import annotations

from typing import Any

import pytest
from bs4 import BeautifulSoup

from ckanext.gpo.common.tables import table
from ckanext.gpo.common.web.records import record_query
from ckanext.gpo.explore.pages.record_history import VERSIONS

from ..conftest import Gate, row
from ..quality.versions import restore, take_back
from .conftest import hide

REF = "safety/safety_penalties"
NAME = table(REF).dataset_name
QUERY = record_query(NAME, row(REF))
PAGE = f"/dataset/{NAME}/record/history?{QUERY}"
FIELD = "party_name"
OTHER = {"decision_number": "常天应急罚〔2026〕6号"}


def read(app: Any, path: str = PAGE) -> list[tuple[str, str, list[list[str]]]]:
    """`(heading, words, cells of changes)` of each step."""
    page = BeautifulSoup(app.get(path).body, "html.parser")
    return [
        (
            section.h2.text,
            " ".join(p.text for p in section.find_all("p")),
            [
                [cell.text.strip() for cell in line.find_all(["th", "td"])]
                for line in section.select("tbody tr")
            ],
        )
        for section in page.select("main section.section")
    ]


def test_changes_stand_with_field_before_and_after(app: Any, chains: Gate):
    before, after = row(REF)[FIELD], "<b>新</b>名称有限公司"
    assert PAGE not in app.get(f"/dataset/{NAME}/record?{QUERY}").body
    chains.judge(REF, row(REF, **{FIELD: after}))
    title = next(f["title"] for f in table(REF).fields if f["name"] == FIELD)

    second, first = read(app)
    assert second[0].startswith("第2版")
    assert second[2] == [[title, before, after]]
    assert "首个公开版本" in first[1]
    record = app.get(f"/dataset/{NAME}/record?{QUERY}").body
    assert "/record/history?" in record
    page = app.get(PAGE).body
    assert "<b>新" not in page
    assert "version=1" in page
    assert "Before" in app.get(f"/en{PAGE}").body


def test_a_record_that_went_and_came_back(app: Any, chains: Gate):
    chains.judge(REF, row(REF, **OTHER))
    gone = app.get(f"/dataset/{NAME}/record?{QUERY}")
    assert "/record/history?" in gone.body
    assert "当前公开版本不含此记录" in app.get(PAGE).body
    chains.judge(REF, row(REF))

    assert [words for _, words, _ in read(app)] == [
        "此记录自该版本起收录。",
        "该版本不含此记录。",
        "首个公开版本已收录此记录。",
    ]


def test_only_the_last_versions_are_read(app: Any, chains: Gate):
    for number in range(VERSIONS + 1):
        chains.judge(REF, row(REF, **{FIELD: f"第{number}公司"}))

    told = read(app)
    assert len(told) == VERSIONS - 1
    assert "自第3版起" in app.get(PAGE).body


def test_what_was_taken_back_is_not_told(app: Any, chains: Gate):
    public = chains.judge(REF, row(REF, **{FIELD: "公开公司"}))
    secret = chains.judge(REF, row(REF, **{FIELD: "秘密公司"}))
    assert "秘密公司" in app.get(PAGE).body
    take_back(secret)
    assert app.get(PAGE).status_code == 410
    restore(public)
    chains.decide()

    page = app.get(PAGE).body
    assert "公开公司" in page
    assert "秘密公司" not in page


@pytest.mark.parametrize(
    "query", ["", "x=1", f"{QUERY}1", "decision_number=%00", "decision_number="]
)
def test_what_is_no_record_has_no_history(app: Any, chains: Gate, query: str):
    assert app.get(f"/dataset/{NAME}/record/history?{query}").status_code in (400, 404)


def test_a_private_dataset_has_none_for_others(app: Any, chains: Gate):
    assert app.get(PAGE).status_code == 200
    hide(REF)

    assert app.get(PAGE).status_code == 404
