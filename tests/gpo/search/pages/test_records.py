"""Records on the pages of results: the one that is meant in one step, all on a tab."""

from __future__ import annotations

from typing import Any

import pytest
from bs4 import BeautifulSoup

from ckanext.gpo.search import zero_result_queries

from ...conftest import Gate
from ..record_finder.conftest import DRAGON, find, venues

__all__ = ["find", "venues"]


def page(app: Any, address: str, **query: str) -> BeautifulSoup:
    answer = app.get(address, query_string=query)
    assert answer.status_code == 200, answer.status_code
    return BeautifulSoup(answer.body, "html.parser")


def test_a_code_leads_to_its_record_in_one_step(venues: Gate, app: Any):
    link = page(app, "/search", q=DRAGON).select_one(".record-best a")

    assert link
    assert link["href"].endswith(f"/record?venue_code={DRAGON}")


def test_the_tab_has_the_records_with_what_matched(venues: Gate, app: Any):
    seen = page(app, "/search/records", q="西路12")

    assert [mark.text for mark in seen.select("#search-results mark")] == ["西路12"]
    assert seen.select_one(".kinds .active small").text == "1"


def test_a_number_may_stand_in_any_brackets(venues: Gate, app: Any):
    for q in (
        "青龙西路[12]号",
        "青龙西路(12)号",
        "青龙西路【12】号",
        "青龙西路﹝12﹞号",
    ):
        assert page(app, "/search", q=q).select_one(".name-hits")


REFUSED = (
    '"青龙文化站',
    "青龙文化站 [",
    "(青龙文化站",
    "青龙文化站:",
    "青龙文化站 AND",
)


def test_a_query_that_cannot_be_read_finds_records(venues: Gate, app: Any):
    for q in REFUSED:
        for address in ("/search", "/search/records"):
            links = page(app, address, q=q).select("#search-results a[href]")
            assert any(f"venue_code={DRAGON}" in a["href"] for a in links), (q, address)


@pytest.mark.parametrize(
    "q", ["[", '"', "AND", "OR NOT", ")(", "\\", "{[(", "a" * 9_999, "*:*~", "/"]
)
def test_no_signs_break_the_pages_with_records(venues: Gate, app: Any, q: str):
    for address in ("/search", "/search/records"):
        page(app, address, q=q)


def test_a_list_of_datasets_says_that_a_query_cannot_be_read(venues: Gate, app: Any):
    assert app.get("/dataset/", query_string={"q": "title:("}).status_code == 400


def test_the_page_says_that_it_took_a_query_for_words(venues: Gate, app: Any):
    for q, told in (("青龙 title:(", True), ("青龙", False)):
        assert bool(page(app, "/search", q=q).select("#content .notice")) is told


def test_a_query_that_finds_a_record_is_no_zero_result_query(
    venues: Gate, app: Any, monkeypatch: pytest.MonkeyPatch
):
    written: list[str] = []
    monkeypatch.setattr(
        zero_result_queries.Writer, "put", lambda _, query: written.append(query[1])
    )
    page(app, "/search", q="青龙文化站")
    page(app, "/search", q="火星探测")

    assert written == ["火星探测"]


def test_without_words_the_tab_says_what_can_be_found(venues: Gate, app: Any):
    assert page(app, "/search/records").select_one("#search-results .blank")
