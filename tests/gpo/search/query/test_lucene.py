"""Lucene's language as CKAN's pages, API users and other extensions write it."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor

import pytest

from ckanext.gpo.search.errors import QueryError

FOOD = "food-licences"
SUPERVISION = "food-supervision"
EIA = "eia-approvals"
EXPENSES = "three-public-expenses"
RECYCLING = "recycling"
ALL = {FOOD, SUPERVISION, EIA, EXPENSES, RECYCLING}


@pytest.mark.parametrize(
    ("query", "names"),
    [
        ("*:*", ALL),
        ("name:recycling", {RECYCLING}),
        ('name:"recycling"', {RECYCLING}),
        ("name:Recycling", set()),
        ("name:(recycling OR food-licences)", {RECYCLING, FOOD}),
        ("-name:recycling", ALL - {RECYCLING}),
        ("!name:recycling", ALL - {RECYCLING}),
        ("NOT name:recycling", ALL - {RECYCLING}),
        ("*:* AND NOT organization:czj", {FOOD, SUPERVISION, EIA}),
        ('+site_id:"here" +state:(active OR draft)', ALL),
        ('+permission_labels:("public" OR "creator-x")', ALL),
        ('+permission_labels:("creator-x")', set()),
        ("title:食品 title:经营", {FOOD}),
        ("title:食品 && !tags:药品", {FOOD}),
        ("title:许可 || title:审批", {FOOD, EIA}),
        ("title:(食品 药品)", {SUPERVISION}),
        ('title:"食品药品"', {SUPERVISION}),
        ('title:"药品食品"', set()),
        ('title:"食品 监管"~4', {SUPERVISION}),
        ('tags:"budget data"', {EXPENSES}),
        ("tags:budget\\ data", {EXPENSES}),
        ("tags:budget", set()),
        ("res_name:opendata", {EXPENSES}),
        ("res_format:CSV", {EXPENSES}),
        ("食品 organization:scjg", {FOOD, SUPERVISION}),
        ("extras_table_ref:food_licences", {FOOD}),
        ("extras_contact:hotline", {FOOD}),
        ('extras_contact:"food hotline"', {FOOD}),
        ("extras_nothing:hotline", set()),
        ("no_such_field:x", set()),
    ],
)
def test_fields_phrases_and_operators(found, query, names):
    assert set(found(query)) == names


@pytest.mark.parametrize(
    ("query", "names"),
    [
        ("name:food*", {FOOD, SUPERVISION}),
        ("name:*ing", {RECYCLING}),
        ("name:f??d-l*", {FOOD}),
        ("name:food\\*", set()),
        ("title:食*", {FOOD, SUPERVISION}),
        ("title:*药品*", {SUPERVISION}),
        ("notes:recep*", {EXPENSES}),
        ("update_freq:每*", {FOOD, SUPERVISION, EIA, EXPENSES}),
        ("extras_contact:hot*", {FOOD}),
        ("issued:2026*", {FOOD, SUPERVISION, EIA}),
        ("name:/food-.*/", {FOOD, SUPERVISION}),
        ("update_freq:/每[日月]/", {FOOD, SUPERVISION, EIA}),
        ("name:recyclinq~", {RECYCLING}),
        ("notes:vehicels~", {EXPENSES}),
        ("extras_contact:hotlime~1", {FOOD}),
        ("update_freq:每天~1", {FOOD, SUPERVISION, EIA, EXPENSES}),
        ("name_ngram:cycl", {RECYCLING}),
        ("name_ngram:food OR title_ngram:药品", {FOOD, SUPERVISION}),
        ("title_ngram:品安全监", {SUPERVISION}),
    ],
)
def test_wildcards_expressions_and_nearly_the_word(found, query, names):
    assert set(found(query)) == names


@pytest.mark.parametrize(
    ("query", "names"),
    [
        ("update_freq:*", {FOOD, SUPERVISION, EIA, EXPENSES}),
        ("-update_freq:[* TO *]", {RECYCLING}),
        ("extras_contact:*", {FOOD}),
        ("visit_date:*", {EIA}),
        ("issued:[2026-01-01 TO 2026-02-28]", {FOOD, SUPERVISION}),
        ("issued:{2026-01-10 TO *]", {SUPERVISION, EIA}),
        ("issued:[* TO 2025-12-31}", {EXPENSES}),
        ("name:[f TO g]", {FOOD, SUPERVISION}),
        ("views_total:70", {SUPERVISION, EXPENSES}),
        ("views_total:[1 TO 69]", {FOOD}),
        ("views_total:{7 TO *}", {SUPERVISION, EXPENSES}),
        ("views_total:>=70", {SUPERVISION, EXPENSES}),
        ("views_total:-5", set()),
        ("metadata_modified:[2026-02-01T00:00:00Z TO NOW+10YEARS]", {SUPERVISION, EIA}),
        (
            "metadata_modified:[2026-01-10T08:00:00.150Z TO 2026-01-31T00:00:00Z]",
            {EXPENSES},
        ),
        ("metadata_modified:[* TO 2025-12-31T08:00:00Z]", {RECYCLING}),
        ("visit_date:[2026-03-15T00:00:00Z TO 2026-03-15T00:00:00Z]", {EIA}),
        ("visit_date:{2026-03-15T00:00:00Z TO *]", set()),
    ],
)
def test_ranges_of_strings_numbers_and_dates(found, query, names):
    assert set(found(query)) == names


def test_operators_have_no_precedence_as_in_lucene(found):
    """`a OR b AND c` requires b and c; a only moves a document up."""
    both = "name:recycling OR organization:scjg AND title:许可"
    assert found(both) == [FOOD]


def test_without_an_operator_words_are_optional_if_asked(found):
    assert set(found("name:recycling title:许可", **{"q.op": "OR"})) == {
        RECYCLING,
        FOOD,
    }
    assert set(found("+title:食品 name:food-licences", **{"q.op": "OR"})) == {
        FOOD,
        SUPERVISION,
    }


def test_boost_decides_the_order(found):
    assert found("name:recycling^9 OR name:food-licences")[0] == RECYCLING
    assert found("name:recycling OR name:food-licences^9")[0] == FOOD


def test_filters_do_not_change_the_order(found):
    assert found(
        "食品 药品", fq=['+capacity:public +groups:"food_drug"', "state:active"]
    )
    assert found("*:*", fq=["organization:czj", "-name:recycling"]) == [EXPENSES]


def test_local_parameters(found):
    assert set(found("{!lucene q.op=OR}name:recycling name:food-licences")) == {
        RECYCLING,
        FOOD,
    }
    assert set(found("{!bool must=organization:czj must_not=name:recycling}")) == {
        EXPENSES
    }
    assert found("{!dismax qf=name v='recycling'}") == [RECYCLING]


def test_threads_of_a_web_worker_may_ask_at_once(found):
    queries = [
        "食品 许可",
        "title:(食品 OR 审批)",
        'text:"环境影响"',
        "notes:vehicels~",
    ]
    alone = [found(query) for query in queries]
    with ThreadPoolExecutor(8) as pool:
        together = list(pool.map(found, queries * 25))
    assert together == alone * 25


@pytest.mark.parametrize(
    "query",
    [
        "title:(食品",
        'title:"食品',
        "title:食品)",
        "title:a AND",
        "a: OR",
        "title:",
        ":食品",
        "a:b:c",
        "+:",
        "name:[a TO",
        "name:/[/",
        "update_freq:/[/",
        "name:a~.",
        "metadata_modified:yesterday",
        "metadata_modified:2026*",
        "views_total:many",
        "views_total:99999999999999999999",
        "visit_date:[NOW-99999999999999YEARS TO *]",
        "*:x",
        "{!lucene name:x",
        "{!no_such_parser}name:x",
        "name:" + "*a" * 500,
        "update_freq:" + "*a" * 500,
        "name:/" + "a" * 500 + "/",
        "(" * 4000 + "name:a" + ")" * 4000,
        "name:a " * 1025,
        "title:" + "食" * 9000,
        "name:" + "a" * 10_000,
    ],
)
def test_what_cannot_be_read_is_a_query_error(found, query):
    with pytest.raises(QueryError):
        found(query)
