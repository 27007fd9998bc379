"""Paging, sorting, facets, field lists: the parameters around a query."""

from __future__ import annotations

import pytest

from ckanext.gpo.search.errors import QueryError
from ckanext.gpo.search.query.request import read_request

FOOD = "food-licences"
SUPERVISION = "food-supervision"
EIA = "eia-approvals"
EXPENSES = "three-public-expenses"
RECYCLING = "recycling"


@pytest.mark.parametrize(
    ("sort", "names"),
    [
        ("name asc", [EIA, FOOD, SUPERVISION, RECYCLING, EXPENSES]),
        ("name desc", [EXPENSES, RECYCLING, SUPERVISION, FOOD, EIA]),
        ("metadata_modified desc", [EIA, SUPERVISION, EXPENSES, FOOD, RECYCLING]),
        ("title asc", [EXPENSES, FOOD, EIA, RECYCLING, SUPERVISION]),
        ("title_string asc", [EXPENSES, FOOD, EIA, RECYCLING, SUPERVISION]),
        ("issued desc", [EIA, SUPERVISION, FOOD, RECYCLING, EXPENSES]),
        ("organization asc, name desc", [EXPENSES, RECYCLING, SUPERVISION, FOOD, EIA]),
        (
            "organization desc, issued asc",
            [EIA, FOOD, SUPERVISION, EXPENSES, RECYCLING],
        ),
        ("views_total desc, name asc", [SUPERVISION, EXPENSES, FOOD, EIA, RECYCLING]),
        ("update_freq asc, name desc", [EXPENSES, FOOD, EIA, SUPERVISION, RECYCLING]),
        ("visit_date desc, name asc", [EIA, FOOD, SUPERVISION, RECYCLING, EXPENSES]),
        ("score desc, name asc", [EIA, FOOD, SUPERVISION, RECYCLING, EXPENSES]),
        ("no_such_field asc, name asc", [EIA, FOOD, SUPERVISION, RECYCLING, EXPENSES]),
    ],
)
def test_sort_by_own_and_dynamic_fields_missing_last(found, sort, names):
    assert found("*:*", sort=sort) == names


@pytest.mark.parametrize(
    "sort",
    [
        "score desc, metadata_modified asc",
        "score desc, views_total asc, title asc",
        "score desc, issued asc",
        "score asc, name asc",
    ],
)
@pytest.mark.parametrize(
    "query", ["食品 OR 评价 OR 经费", "organization:(scjg OR czj)"]
)
def test_pages_of_any_size_put_together_are_the_whole(found, query, sort):
    whole = found(query, sort=sort)
    assert len(whole) > 2
    for rows in (1, 2, 3):
        pages = [found(query, sort=sort, rows=rows, start=s) for s in range(0, 6, rows)]
        assert [name for page in pages for name in page] == whole


def test_equal_scores_are_sorted_by_the_next_key(found):
    query = "organization:czj"
    assert found(query, sort="score desc, issued asc") == [EXPENSES, RECYCLING]
    assert found(query, sort="score desc, issued desc") == [RECYCLING, EXPENSES]
    assert found(query, sort="score desc, metadata_modified asc") == [
        RECYCLING,
        EXPENSES,
    ]


@pytest.mark.parametrize(
    "params",
    [
        {"sort": "name"},
        {"sort": "name sideways"},
        {"sort": "name asc foo"},
        {"sort": "tags asc"},
        {"sort": "notes asc"},
        {"sort": "extras_contact asc"},
        {"rows": -1},
        {"rows": "ten"},
        {"start": -1},
        {"start": "one"},
        {"facet": "true", "facet.field": ["tags"], "facet.limit": "few"},
        {"facet": "true", "facet.field": ["tags"], "facet.mincount": "1.5x"},
        {"mm": "two"},
        {"qf": "title^four"},
        {"tie": "much"},
        {"defType": "magic"},
        {"fq": ["title:("]},
    ],
)
def test_what_is_no_parameter_is_a_query_error(found, params):
    with pytest.raises(QueryError):
        found("食品", **params)


def test_an_unreadable_sort_is_said_in_solrs_words():
    """CKAN recognises them and answers 'Invalid "sort" parameter'."""
    with pytest.raises(QueryError, match="Can't determine a Sort Order"):
        read_request("x", {"sort": "name"})


def test_start_and_rows_beyond_the_end(found):
    assert found("*:*", start=100) == []
    assert found("*:*", rows=0) == []
    assert len(found("*:*", rows=2**40)) == 5


def facets(corpus, q="*:*", **params):
    answer = corpus.search(
        q,
        {"facet": "true", "facet.mincount": 1, "facet.limit": 50, "rows": 0, **params},
    )
    return {
        field: dict(zip(flat[::2], flat[1::2], strict=True))
        for field, flat in answer["facet_counts"]["facet_fields"].items()
    }


def test_facets_of_own_and_dynamic_fields(corpus):
    found = facets(
        corpus,
        **{"facet.field": ["tags", "organization", "update_freq", "nothing"]},
    )
    assert found["tags"]["食品"] == 2
    assert found["organization"] == {"czj": 2, "scjg": 2, "sthj": 1}
    assert found["update_freq"] == {"每日": 2, "每年": 1, "每月": 1}
    assert found["nothing"] == {}


def test_facets_count_what_the_query_and_its_filters_find(corpus):
    found = facets(corpus, "title:食品", fq="tags:药品", **{"facet.field": ["tags"]})
    assert found["tags"] == {"食品": 1, "药品": 1}


def test_facet_limit_takes_the_most_frequent_and_equal_ones_in_order(corpus):
    field = {"facet.field": "organization"}
    assert facets(corpus, **field, **{"facet.limit": 1}) == {"organization": {"czj": 2}}
    assert facets(corpus, **field, **{"facet.limit": 2}) == {
        "organization": {"czj": 2, "scjg": 2}
    }
    assert facets(corpus, **field, **{"facet.limit": 0}) == {"organization": {}}
    assert len(facets(corpus, **field, **{"facet.limit": -1})["organization"]) == 3


def test_facet_mincount(corpus):
    field = {"facet.field": ["organization"]}
    two = facets(corpus, **field, **{"facet.mincount": 2})
    assert two["organization"] == {"czj": 2, "scjg": 2}
    none = facets(corpus, "name:recycling", **field, **{"facet.mincount": 0})
    assert none["organization"] == {"czj": 1, "scjg": 0, "sthj": 0}


def test_facets_of_texts_count_words_and_of_dates_days(corpus):
    found = facets(corpus, **{"facet.field": ["extras_contact", "visit_date"]})
    assert found["extras_contact"] == {"food": 1, "hotlin": 1}
    assert found["visit_date"] == {"2026-03-15T00:00:00Z": 1}


def test_facets_are_only_counted_when_asked_for(corpus):
    answer = corpus.search("*:*", {"facet": "false", "facet.field": ["tags"]})
    assert answer["facet_counts"]["facet_fields"] == {}


def test_field_list(corpus):
    def fields(fl):
        answer = corpus.search("name:food-licences", {"fl": fl})
        return set(answer["response"]["docs"][0])

    assert fields("id name") == {"id", "name"}
    assert fields("id,score") == {"id", "score"}
    assert fields(["id", "extras_*"]) == {"id", "extras_table_ref", "extras_contact"}
    assert {"title", "tags", "metadata_modified"} <= fields("*")
    # CKAN's schema does not store these.
    assert not {"permission_labels", "title_string", "text"} & fields("*")


def test_score_is_given_also_when_sorted_by_something_else(corpus):
    for sort in ("score desc", "name asc"):
        answer = corpus.search("title:食品", {"fl": "name,score", "sort": sort})
        scores = [doc["score"] for doc in answer["response"]["docs"]]
        assert len(scores) == 2
        assert all(score > 0 for score in scores)


def test_number_found_is_independent_of_the_page(corpus):
    for rows in (0, 1, 50):
        answer = corpus.search("title:食品", {"rows": rows})
        assert answer["response"]["numFound"] == 2


def test_the_words_of_a_text_are_counted_without_the_pairs_for_phrases(corpus):
    params = {"rows": 0, "facet": "true", "facet.field": ["text"], "facet.limit": -1}
    counted = corpus.search("*:*", params)["facet_counts"]["facet_fields"]["text"]
    words = counted[::2]
    assert "食品" in words
    assert not [word for word in words if not word.isalnum()]


def test_facet_values_are_cut_by_their_counts_and_else_in_order(corpus):
    def values(limit):
        params = {"facet.field": "groups", "facet.limit": limit}
        return list(facets(corpus, **params)["groups"])

    assert values(-1) == ["budget", "environment", "food_drug"]
    assert values(100) == ["budget", "food_drug", "environment"]
    assert values(2) == ["budget", "food_drug"]
