"""The pages of a search: every kind, whatever the address says."""

from __future__ import annotations

import itertools
from typing import Any

import pytest
from bs4 import BeautifulSoup

from ckan.tests.helpers import call_action

from ckanext.gpo.search.pages.results import stretches

PAGES = ("/search", "/dataset/", "/disclosure-item/", "/organization/")

VENUES = "公共文化机构免费开放信息"

STRANGE = [
    {"q": "<script>alert(1)</script>"},
    {"q": '"'},
    {"q": "a\x00b"},
    {"q": "\ue000x\ue001"},
    {"q": "x" * 9_000},
    {"q": "%27%20OR%201=1"},
    {"page": "9" * 60},
    {"page": "-3"},
    {"sort": "nothing"},
    {"groups": '" OR *:*'},
    {"tags": "*"},
    {"year": "x" * 3_000},
    {"_groups_limit": "many"},
]


def read(app: Any, path: str, status: int = 200, **query: str) -> BeautifulSoup:
    answer = app.get(path, query_string=query, status=status)
    return BeautifulSoup(answer.body, "html.parser")


def tabs(page: BeautifulSoup) -> dict[str, int]:
    found = page.select(".kinds a")
    return {a.contents[0].strip(): int(a.small.text) for a in found}


@pytest.mark.usefixtures("shown")
class TestResults:
    def test_all_kinds_are_counted_on_every_tab(self, app: Any):
        expected = {
            "全部": 2,
            "数据": 1,
            "公开事项": 1,
            "应用": 0,
            "部门": 1,
            "记录": 0,
        }
        assert [tabs(read(app, path)) for path in PAGES] == [expected] * len(PAGES)

    def test_what_matched_is_marked(self, app: Any):
        page = read(app, "/search", q="文化机构")
        first = page.select_one(".dataset-item h3 a")
        assert first.text == VENUES
        assert first.mark.text == "文化机构"

    def test_filters_go_along_to_the_other_tabs_and_can_be_taken_away(self, app: Any):
        page = read(app, "/search", q="文化", groups="culture", sort="title")
        hrefs = [a["href"] for a in page.select(".kinds a")]
        assert all("groups=culture" in href and "sort=title" in href for href in hrefs)
        assert "groups=culture" not in page.select_one(".chosen a")["href"]
        hidden = page.select("main form[role=search] input[type=hidden]")
        assert [(i["name"], i["value"]) for i in hidden] == [("groups", "culture")]

    def test_what_is_published_is_found_by_the_format_of_its_downloads(self, app: Any):
        for form in ("CSV", "XLSX"):
            found = call_action("package_search", fq=f"res_format:{form}")["results"]
            assert [dataset["title"] for dataset in found] == [VENUES]
            page = read(app, "/dataset/", res_format=form)
            assert [a.text for a in page.select(".dataset-item h3 a")] == [VENUES]
        facets = [a["href"] for a in read(app, "/dataset/").select("aside a")]
        assert any("res_format=XLSX" in href for href in facets)

    def test_what_was_rejected_is_not_found(self, app: Any):
        assert "群众文化活动" not in read(app, "/search").select_one("main").text

    def test_departments(self, app: Any):
        page = read(app, "/organization/", q="文旅局")
        assert "文体广电和旅游局" in page.select_one(".dataset-item h3").text
        assert not page.select("aside .facet-box")

    def test_in_english_no_chinese_is_left_but_names(self, app: Any):
        for path in PAGES:
            page = read(app, f"/en{path}")
            for part in (".kinds", ".result-head", "h1"):
                text = page.select_one(part).text
                assert text.isascii(), (path, text)

    def test_strange_addresses_are_answered(self, app: Any):
        for path, query in itertools.product(PAGES, STRANGE):
            answer = app.get(path, query_string=query, status=None)
            assert answer.status_code in (200, 400), (path, query, answer.status_code)
            assert "<script>alert" not in answer.body

    def test_a_query_that_cannot_be_read_gets_advice(self, app: Any):
        """On lists of one kind; where records are shown it is taken for words."""
        for path in set(PAGES) - {"/search"}:
            page = read(app, path, status=400, q="title:(")
            assert "引号和括号" in page.select_one("[role=alert]").text
            assert page.select_one("main input[type=search]")["value"] == "title:("


def test_a_fresh_site_has_pages_too(app: Any, fresh: None):
    for path in PAGES:
        assert read(app, path).select_one("h1")


@pytest.mark.parametrize(
    ("start", "count", "expected"),
    [
        (0, 4, [("full", [0, 1]), ("partial", [2, 3])]),
        (0, 2, [("full", [0, 1])]),
        (2, 3, [("partial", [2, 3, 4])]),
        (4, 3, [("partial", [4]), ("typo", [5, 6])]),
    ],
)
def test_a_page_is_divided_where_better_results_end(start, count, expected):
    tiers = [
        {"match": "full", "count": 2},
        {"match": "partial", "count": 3},
        {"match": "typo", "count": 2},
    ]
    results = [{"place": place} for place in range(start, start + count)]
    divided = stretches(results, tiers, start)
    assert [(s.match, [r["place"] for r in s.results]) for s in divided] == expected


def test_a_search_without_words_is_not_divided():
    [whole] = stretches([{}, {}], [], 0)
    assert (whole.match, whole.results) == ("full", [{}, {}])
