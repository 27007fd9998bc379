"""What the address of a search asks for."""

from __future__ import annotations

import pytest

from ckanext.gpo.search.pages.form import SearchForm, read


def test_all_of_it_is_read():
    pairs = [("q", " 食品 "), ("sort", "newest"), ("page", "3")]
    pairs += [("groups", "tax"), ("groups", "legal"), ("year", "2026")]

    filters = {"groups": ["tax", "legal"], "year": ["2026"]}
    assert read(pairs) == SearchForm("食品", "newest", 3, filters)


@pytest.mark.parametrize(
    "pair",
    [
        ("utm_source", "x"),
        ("sort", "score desc; drop"),
        ("page", "x"),
        ("page", "-1"),
        ("page", "0"),
        ("permission_labels", "public"),
        ("groups", ""),
    ],
)
def test_what_is_not_ours_changes_nothing(pair: tuple[str, str]):
    assert read([pair]) == SearchForm()


@pytest.mark.parametrize(
    ("of_ckan", "ours"),
    [("metadata_modified desc", "newest"), ("title_string asc", "title")],
)
def test_links_to_the_page_of_ckan_keep_their_order(of_ckan: str, ours: str):
    assert read([("sort", of_ckan)]).sort == ours


def test_no_page_is_beyond_all_reason():
    assert read([("page", "9" * 400)]).page == 1000


def test_it_is_written_as_it_is_read():
    form = read([("q", "a&b=“c”"), ("groups", "tax"), ("sort", "title")])
    assert form.address("/search") == (
        "/search?q=a%26b%3D%E2%80%9Cc%E2%80%9D&sort=title&groups=tax"
    )


def test_a_new_order_begins_at_the_first_page():
    form = read([("q", "x"), ("page", "4")])
    assert form.address("/search", sort="newest") == "/search?q=x&sort=newest"


def test_a_filter_is_taken_away():
    form = read([("groups", "tax"), ("groups", "legal"), ("page", "2")])
    assert form.remove_value("groups", "tax") == SearchForm(
        filters={"groups": ["legal"]}
    )
    assert (
        form.remove_value("groups", "tax").remove_value("groups", "legal")
        == SearchForm()
    )
