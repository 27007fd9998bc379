"""`bf` and `boost` move results up by exactly what they say."""

from __future__ import annotations

import math
import random
from datetime import datetime, timezone

import pytest

from ckanext.gpo.search.engine import Engine
from ckanext.gpo.search.errors import QueryError
from ckanext.gpo.search.scoring.function_text import read_functions

from ..conftest import CKAN_WORDS, document

NOW = datetime(2026, 6, 1, tzinfo=timezone.utc)
DAY = 86_400_000


class Documents:
    """Two documents; the second one has no views."""

    columns = {"views": [7.0, None], "share": [0.25, -4.0]}

    def __len__(self):
        return 2

    def values(self, name):
        return self.columns[name]

    def present(self, name):
        return [value is not None for value in self.columns[name]]

    def bounds(self, name):
        known = [value for value in self.columns[name] if value is not None]
        return min(known), max(known)


@pytest.mark.parametrize(
    ("text", "values"),
    [
        ("2.5", [2.5, 2.5]),
        ("-1e1", [-10, -10]),
        ("views", [7, 0]),
        ("field(views)", [7, 0]),
        ("sum(views,1,share)", [8.25, -3]),
        ("add(views, 1)", [8, 1]),
        ("product(views,share)", [1.75, 0]),
        ("mul(share,2,2)", [1, -16]),
        ("sub(views,share)", [6.75, 4]),
        ("div(share,2)", [0.125, -2]),
        ("div(1,views)", [1 / 7, math.nan]),
        ("mod(views,4)", [3, 0]),
        ("pow(views,2)", [49, 0]),
        ("pow(share,0.5)", [0.5, math.nan]),
        ("recip(views,1,10,3)", [1, 10 / 3]),
        ("linear(views,2,1)", [15, 1]),
        ("log(sum(views,93))", [2, math.log10(93)]),
        ("ln(exp(views))", [7, 0]),
        ("log(views)", [math.log10(7), math.nan]),
        ("sqrt(views)", [math.sqrt(7), 0]),
        ("abs(share)", [0.25, 4]),
        ("min(views,5)", [5, 5]),
        ("max(views,-5)", [7, -5]),
        ("max(views)", [7, 0]),
        ("map(views,5,10,1)", [1, 0]),
        ("map(views,5,10,1,share)", [1, -4]),
        ("if(views,10,20)", [10, 20]),
        ("if(exists(views),share,2)", [0.25, 2]),
        ("if(not(exists(views)),1,0)", [0, 1]),
        ("if(and(gt(share,0),lt(share,1)),1,0)", [1, 0]),
        ("if(or(gte(views,7),lte(share,-4)),1,0)", [1, 1]),
        ("if(eq(views,7),1,0)", [1, 0]),
        ("def(views,5)", [7, 5]),
        ("def(sum(views,1),share)", [8, -4]),
        ("exists(sum(views,share))", [1, 0]),
        ("exists(def(views,1))", [1, 1]),
        ("ms(NOW,2026-05-31T00:00:00Z)", [DAY, DAY]),
        ("sub(ms(NOW/DAY+1DAY),ms())", [DAY, DAY]),
        ("ms(NOW-1DAY,NOW)", [-DAY, -DAY]),
    ],
)
def test_values_and_bounds(text, values):
    [part] = read_functions(text, NOW)
    source = Documents()
    found = list(part.function.column(source))
    assert found == pytest.approx(values, nan_ok=True)
    low, high = part.function.bounds(source)
    assert all(low <= value <= high for value in found if not math.isnan(value))


def test_several_functions_with_weights():
    parts = read_functions("views^2 recip(ms(NOW, share),1,1,1)^0.5\n3", NOW)
    assert [part.weight for part in parts] == [2, 0.5, 1]


@pytest.mark.parametrize(
    "text",
    [
        "sum(",
        "sum(views",
        "sum(views,",
        "sum(views,)",
        "sum()",
        ")",
        "views^",
        "views^x",
        "^2",
        "(views)",
        "views)",
        "no_such_function(views)",
        "recip(views)",
        "ms(NOW,NOW,NOW)",
        "ms(NOW/FORTNIGHT)",
        "ms(2026-13-01T00:00:00Z)",
        "1.2.3(",
        "abs(" * 5_000,
        "abs(" * 30 + "1" + ")" * 30,
        "sum(" + ",".join(["1"] * 101) + ")",
    ],
)
def test_what_is_no_function_is_a_query_error(text):
    with pytest.raises(QueryError):
        read_functions(text, NOW)


COUNT = 3_000
"""More than are looked at first, so that the bounds decide where to stop."""


@pytest.fixture(scope="module")
def index(tmp_path_factory):
    chance = random.Random(6)
    engine = Engine(tmp_path_factory.mktemp("boosting"))
    documents = []
    for number in range(COUNT):
        fields = {
            "name": f"n{number}",
            "title": "食品 " * chance.randint(1, 9),
            "notes": "环境 " * chance.randint(0, 20),
            "metadata_modified": f"20{chance.randint(10, 26)}-01-01T00:00:00Z",
        }
        if chance.random() < 0.8:
            fields["views_total"] = chance.randint(0, 1_000)
        if chance.random() < 0.5:
            fields["visit_date"] = f"2026-{chance.randint(1, 9):02d}-01T00:00:00Z"
        documents.append(document(number, fields))
    engine.add(documents, commit=True)
    return engine


def scores(index, q="食品 环境", **params):
    asked = {**CKAN_WORDS, "mm": "1", "fl": "name,score", "rows": COUNT, **params}
    docs = index.search(q, asked)["response"]["docs"]
    return [(doc["name"], doc["score"]) for doc in docs]


@pytest.fixture(scope="module")
def plain(index):
    """The score of the words alone, and the fields of all documents."""
    return dict(scores(index))


FUNCTIONS = [
    "recip(ms(2026-06-01T00:00:00Z,metadata_modified),3.16e-11,1,1)",
    "log(sum(views_total,1))^0.3",
    "if(exists(visit_date),5,0)",
    "if(exists(notes),1,0)",
    "sub(3,linear(views_total,0.01,0))",
    "div(1,views_total)",
    "views_total",
    "recip(ms(2026-06-01T00:00:00Z,visit_date),1e-9,2,1)^3 sqrt(views_total)^0.1",
]


@pytest.mark.parametrize("bf", FUNCTIONS)
def test_a_page_is_the_start_of_all_in_order(index, plain, bf):
    """What is left out because it cannot reach the page does not belong there."""
    whole = scores(index, bf=bf)
    assert len(whole) == COUNT
    assert [score for _, score in whole] == sorted((s for _, s in whole), reverse=True)
    assert all(score >= plain[name] - 1e-4 for name, score in whole)
    assert any(score > plain[name] + 1e-4 for name, score in whole)
    for start, rows in ((0, 10), (0, 200), (350, 20)):
        page = scores(index, bf=bf, start=start, rows=rows)
        wanted = [score for _, score in whole[start : start + rows]]
        assert [score for _, score in page] == pytest.approx(wanted)


def test_added_and_multiplied_values_are_exact(index, plain):
    asked = {"defType": "edismax", "bf": "sum(1,1)^3", "boost": "div(views_total,10)"}
    views = dict(scores(index, bf="views_total"))
    words = dict(scores(index, defType="edismax"))
    found = dict(scores(index, **asked))
    for name, score in found.items():
        count = round(views[name] - plain[name])
        assert score == pytest.approx((words[name] + 6) * count / 10, rel=1e-4)


def test_less_than_nothing_is_nothing(index, plain):
    assert dict(scores(index, bf="-5")) == pytest.approx(plain)
    assert dict(scores(index, bf="log(0) sqrt(-1) div(1,0)")) == pytest.approx(plain)


def test_boost_is_for_edismax_only_as_in_solr(index, plain):
    assert dict(scores(index, boost="0")) == pytest.approx(plain)
    nothing = scores(index, boost="0", defType="edismax")
    assert {score for _, score in nothing} == {0}


def test_lucene_queries_know_no_functions(index):
    asked = {"q": "title:食品", "defType": "lucene", "rows": 20}
    assert scores(index, **asked) == scores(index, **asked, bf="views_total")


def test_equal_whole_scores_are_sorted_by_the_next_key(index):
    asked = {"defType": "edismax", "boost": "0", "sort": "score desc, name desc"}
    found = [name for name, _ in scores(index, **asked, rows=5)]
    assert found == sorted((f"n{n}" for n in range(COUNT)), reverse=True)[:5]


def test_scores_are_whole_under_another_order_too(index):
    by_score = dict(scores(index, bf="views_total"))
    by_name = dict(scores(index, bf="views_total", sort="name asc"))
    assert by_name == pytest.approx(by_score)


def test_everything_can_be_boosted(index):
    asked = {"q": "*:*", "defType": "edismax", "rows": 3}
    found = scores(index, **asked, bf="views_total")
    assert found[0][1] > 990


def test_counts_and_facets_are_those_of_the_query(index):
    params = {**CKAN_WORDS, "facet": "true", "facet.field": ["state"], "rows": 1}
    plain = index.search("环境", params)
    boosted = index.search("环境", {**params, "bf": "views_total"})
    assert plain["response"]["numFound"] == boosted["response"]["numFound"] > 0
    assert plain["facet_counts"] == boosted["facet_counts"]


@pytest.mark.parametrize(
    "bf", ["title", "tags", "name", "no_such_field", "exists(", "views_total^two"]
)
def test_only_fields_of_numbers(index, bf):
    with pytest.raises(QueryError):
        scores(index, bf=bf, rows=1)
