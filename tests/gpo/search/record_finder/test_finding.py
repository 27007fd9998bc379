"""Records are found as the live tables have them, by whoever may see them."""

from __future__ import annotations

from typing import Any

import pytest

from ckan.tests import factories
from ckan.tests.helpers import call_action

from ckanext.gpo.catalogue import reference, seed
from ckanext.gpo.common.tables import table
from ckanext.gpo.search.record_finder import has_public_record, live, reconcile
from ckanext.gpo.search.record_finder.finding import MOST

from ...conftest import VENUES, Gate, row
from ...quality.versions import take_back
from .conftest import DRAGON, PLUM, Find, venue

EXPENDITURES = "budget/department_expenditures"

NAME = table(VENUES).dataset_name


QUESTIONS = (
    (DRAGON, "whole"),
    ("青龍文化站", "whole"),
    ("青龙文化", "beginning"),
    ("青龙西路 12", "whole"),
    ("常州市天宁区青龙西路12号", "whole"),
    ("江苏省常州市天宁区 青龙西路１２", "whole"),
    ("常州市 天宁区青龙西路 12 号", "whole"),
    ("青龙文化站 青龙西路", "words"),
    ("qinglong wenhuazhan", "sound"),
    ("青龙文艺站", "slip"),
)


def test_a_record_is_found(venues: Gate, find: Find):
    for q, match in QUESTIONS:
        first = find(q, dataset=NAME)["results"][0]

        assert first["key"] == {"venue_code": DRAGON}
        assert first["match"] == match
        assert first["url"] == f"/dataset/{NAME}/record?venue_code={DRAGON}"


NO_RECORDS = (
    "",
    "龙",
    "〔〕",
    "青龙西路2号",
    "常州市天宁区青龙西路2号",
    "苏州市天宁区青龙西路12号",
    "常州市文化站没有",
    "不存在的名称",
    "OR 1=1 --",
    "'; DROP TABLE x",
    "文" * 10_000,
    "文 " * 39,
    "title:*",
)


def test_what_is_no_record_finds_none(venues: Gate, find: Find):
    for q in NO_RECORDS:
        answer = find(q)
        assert (answer["count"], answer["results"], answer["best"]) == (0, [], None)


def test_what_matched_is_marked(venues: Gate, find: Find):
    (first,) = find("西路12")["results"]

    assert first["marked"] == "青龙\ue000西路12\ue001号"
    assert first["field_title"] == "地址"


def test_a_code_leads_to_its_record_also_where_others_refer_to_it(
    venues: Gate, find: Find
):
    best = find(DRAGON)["best"]

    assert best["kind"] == "record"
    assert best["url"].endswith(f"record?venue_code={DRAGON}")


def test_pages_follow_each_other(venues: Gate, find: Find):
    whole = find("WH32040200")["results"]
    pages = [find("WH32040200", start=n, rows=1)["results"] for n in range(len(whole))]

    assert len(whole) > 1
    assert [result for page in pages for result in page] == whole


def test_a_changed_row_is_found_by_what_it_says_now_only(venues: Gate, find: Find):
    """Before the index knows of it: what is gone is gone at once, for counts too."""
    venues.judge(VENUES, venue(DRAGON, "新名文化宫", "青龙西路12号"))

    assert find("青龙文化站")["count"] == 0
    assert find(PLUM)["count"] == 0
    assert find(DRAGON, dataset=NAME)["results"][0]["title"] == "新名文化宫"

    assert reconcile()

    assert find("新名文化宫")["count"] == 1


def test_a_withdrawn_table_is_gone_at_once(venues: Gate, find: Find):
    version = call_action("gpo_quality_version_list", dataset=NAME)[0]
    take_back(version)

    assert find("青龙文化站")["count"] == 0
    assert find("青龙文化站", as_site())["count"] == 0
    assert not has_public_record("青龙文化站")


def test_a_private_table_is_there_for_its_department_only(venues: Gate, find: Find):
    call_action("package_patch", as_site(), id=NAME, private=True)
    member, stranger = (factories.User()["name"] for _ in range(2))
    call_action(
        "organization_member_create",
        as_site(),
        id="wglj",
        username=member,
        role="editor",
    )

    assert find("青龙文化站")["count"] == 0
    assert find("青龙文艺站")["count"] == 0
    assert find("青龙文化站", reader(stranger))["count"] == 0
    assert find("青龙文化站", reader(member))["count"] == 1
    assert not has_public_record("青龙文化站")


@pytest.mark.parametrize("hidden", [False, True])
def test_whoever_asks_finds_what_a_filter_of_all_rows_says(
    venues: Gate, find: Find, hidden: bool
):
    """Every part of every value of the venues, against the rows that are public."""
    call_action("package_patch", as_site(), id=NAME, private=hidden)
    public = [] if hidden else venues.rows(VENUES)
    values = ("青龙文化站", "红梅图书馆", "青龙西路", "红梅南路", "化图")
    parts = {v[start : start + 2] for v in values for start in range(len(v) - 1)}
    for part in parts:
        expected = {
            record["venue_code"]
            for record in public
            if part in record["venue_name"] or part in record["address"]
        }
        results = find(part, dataset=NAME)["results"]
        assert {result["key"]["venue_code"] for result in results} == expected


def test_so_many_records_that_not_all_are_read(
    venues: Gate, find: Find, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr("ckanext.gpo.search.record_finder.finding.MOST", 1)
    answer = find("WH32040200", dataset=NAME)

    assert (answer["count"], answer["count_is_exact"]) == (1, False)


def test_many_records_with_keys_of_several_fields_are_read(gate: Gate, find: Find):
    number = 120
    seed.ensure_department(reference.department("czj"))
    for domain in reference.domains():
        seed.ensure_domain(domain)
    call_action("gpo_catalogue_dataset_ensure", as_site(), table_ref=EXPENDITURES)
    gate.judge(
        EXPENDITURES,
        *(
            row(EXPENDITURES, department_name="示例局", function_code=str(2010101 + n))
            for n in range(number)
        ),
    )
    assert reconcile()

    answer = find("示例局", rows=50)

    assert (answer["count"], answer["count_is_exact"]) == (MOST, False)
    assert {result["dataset"] for result in answer["results"]} == {
        table(EXPENDITURES).dataset_name
    }


def test_questions_to_the_database_do_not_grow_with_the_records(
    venues: Gate, find: Find, monkeypatch: pytest.MonkeyPatch
):
    questions: list[Any] = []
    read = live.read_rows

    def counted(*args: Any) -> Any:
        questions.append(args)
        return read(*args)

    monkeypatch.setattr("ckanext.gpo.search.record_finder.finding.read_rows", counted)
    assert find("WH32040200", dataset=NAME)["count"] == 2
    assert len(questions) == 1


def as_site() -> dict[str, Any]:
    return {"user": call_action("get_site_user")["name"]}


def reader(name: str) -> dict[str, Any]:
    return {"user": name, "ignore_auth": False}
