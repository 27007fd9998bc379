"""One search over all kinds, through the action."""

from __future__ import annotations

from typing import Any

import pytest

import ckan.plugins.toolkit as tk
from ckan import model
from ckan.lib.search import SearchError
from ckan.tests import factories
from ckan.tests.helpers import call_action

from ckanext.gpo.search.adapter.find_params import MOST_ROWS
from ckanext.gpo.search.scoring.ranking import FULL_PAGE

from .conftest import with_search_alone

pytestmark = with_search_alone

B, E = "\ue000", "\ue001"


def find(q: str = "", user: str = "", **data: Any) -> dict[str, Any]:
    context = {
        "user": user,
        "auth_user_obj": model.User.get(user),
        "ignore_auth": False,
    }
    return call_action("gpo_search_find", context, q=q, **data)


def names(answer: dict[str, Any]) -> list[str]:
    return [result["name"] for result in answer["results"]]


@pytest.fixture
def editor(clean_db: None) -> dict[str, Any]:
    return factories.User()


@pytest.fixture
def known(clean_db: None, editor: dict[str, Any]) -> None:
    """Two datasets, a disclosure item, a private dataset, and one of another type."""
    member = {"name": editor["name"], "capacity": "editor"}
    department = factories.Organization(name="scjg", users=[member])["id"]

    def thing(name: str, title: str, notes: str = "", **more: Any) -> None:
        factories.Dataset(
            name=name, title=title, notes=notes, owner_org=department, **more
        )

    thing("checks", "食品抽检结果", "一行是一次抽检。", tags=[{"name": "抽检"}])
    thing("permits", "经营许可", "食品经营者的许可证。")
    thing("item", "食品监督检查", type="disclosure-item")
    thing("hidden", "食品投诉", private=True)
    thing("source", "食品系统", type="harvest")


@pytest.mark.usefixtures("clean_db")
def test_what_is_narrowed_has_as_many_results_as_its_facet_and_tab_have_said():
    """Also where the filter leaves so few that alone they would not fill a page."""
    for number in range(FULL_PAGE + 5):
        kind = "dataset" if number % 3 else "disclosure-item"
        tag = "年度" if number % 5 else "月度"
        factories.Dataset(title="食品抽检", type=kind, tags=[{"name": tag}])
        factories.Dataset(title=f"食品许可{number}", tags=[{"name": tag}])

    for question in ("食品 抽检", "食品 抽检 许可证 办理"):
        found = find(question)
        assert sum(tier["count"] for tier in found["tiers"]) == found["count"]
        for value in found["search_facets"]["tags"]["items"]:
            narrowed = find(question, filters={"tags": value["name"]})
            assert narrowed["count"] == value["count"]
        for kind, count in found["kinds"].items():
            assert find(question, kind=kind)["count"] == count


@pytest.mark.usefixtures("known")
class TestResults:
    def test_all_kinds_at_once(self):
        found = find("食品")

        assert set(names(found)) == {"checks", "permits", "item"}
        assert found["count"] == 3
        assert found["kinds"] == {"dataset": 2, "disclosure-item": 1}

    def test_one_kind_and_how_many_there_are_of_the_others(self):
        found = find("食品", kind="disclosure-item")

        assert names(found) == ["item"]
        assert found["count"] == 1
        assert found["kinds"] == {"dataset": 2, "disclosure-item": 1}

    def test_each_reader_finds_what_is_theirs_to_see(self, editor: dict[str, Any]):
        """Also by a guess, in the counts, the facets and the marks."""
        assert find("投诉")["count"] == find("tousu")["count"] == 0
        assert find("投诉")["search_facets"]["organization"]["items"] == []

        own = find("投诉", user=editor["name"])
        assert names(own) == []  # as on CKAN's own page, what is private is apart

    def test_without_words_there_is_everything(self):
        found = find()

        assert found["count"] == 3
        assert found["marked"] == {}

    def test_page_by_page(self):
        pages = [names(find("食品", start=at, rows=1)) for at in range(4)]

        assert [len(page) for page in pages] == [1, 1, 1, 0]
        assert sum(pages, []) == names(find("食品"))

    def test_filters_all_have_to_fit(self):
        assert names(find(filters={"tags": ["抽检"]})) == ["checks"]
        assert names(find(filters={"tags": "抽检", "organization": "scjg"})) == [
            "checks"
        ]
        assert names(find(filters={"tags": ["抽检", "许可"]})) == []

    @pytest.mark.parametrize(
        "value", ['"', "\\", '" OR name:hidden OR "', "*", "(", ""]
    )
    def test_a_filter_is_a_value_and_no_query(self, value: str):
        assert find(filters={"tags": [value]})["count"] == 0

    def test_the_title_comes_before_the_description(self):
        assert names(find("食品", kind="dataset")) == ["checks", "permits"]

    def test_by_title(self):
        titles = [result["title"] for result in find(sort="title")["results"]]
        assert titles == sorted(titles)

    def test_never_more_than_the_most(self):
        assert len(find(rows=10_000)["results"]) <= MOST_ROWS


@pytest.mark.usefixtures("known")
class TestMarks:
    def test_what_matched_is_marked(self):
        found = find("食品抽检")
        checks = next(r for r in found["results"] if r["name"] == "checks")

        marked = found["marked"][checks["id"]]
        assert marked["title"].replace(E + B, "") == f"{B}食品抽检{E}结果"
        assert f"{B}抽检{E}" in marked["notes"]

    @pytest.mark.parametrize("typed", ["choujian", "食品抽俭结果"])
    def test_so_is_what_was_guessed(self, typed: str):
        found = find(typed)
        checks = next(r for r in found["results"] if r["name"] == "checks")

        assert B in found["marked"][checks["id"]]["title"]

    def test_a_query_with_fields_is_marked_too(self):
        found = find("title:抽检")
        assert names(found) == ["checks"]
        assert B in found["marked"][found["results"][0]["id"]]["title"]


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("kind", "user"),
        ("kind", "harvest"),
        ("sort", "score desc"),
        ("filters", {"permission_labels": ["public"]}),
        ("filters", {"tags": [1]}),
        ("filters", "{"),
        ("filters", ["tags"]),
        ("start", -1),
        ("rows", "many"),
    ],
)
def test_other_questions_are_refused(field: str, value: Any):
    with pytest.raises(tk.ValidationError) as refused:
        find(**{field: value})
    assert field in refused.value.error_dict


@pytest.mark.parametrize("q", ['"', "title:(", "{!lucene}x", "x" * 20_000])
def test_what_cannot_be_read_is_refused_as_by_package_search(q: str):
    try:
        call_action("package_search", q=q)
    except SearchError:
        with pytest.raises(SearchError):
            find(q)
    else:
        find(q)
