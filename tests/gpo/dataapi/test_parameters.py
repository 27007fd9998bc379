"""What an address says of records, as the actions take it."""

from __future__ import annotations

import json

import pytest

from ckanext.gpo.dataapi.parameters import RECORDS, SELECTION, parse_parameters
from ckanext.gpo.dataapi.query import QueryError


def parse(*pairs: tuple[str, str], names=RECORDS):
    return parse_parameters(pairs, names, str)


def test_filters_of_fields_hold_at_once():
    assert parse(("year.gte", "2020"), ("year.lt", "2026")) == {
        "filters": {"$and": [{"year": {"gte": "2020"}}, {"year": {"lt": "2026"}}]}
    }


def test_values_of_in_are_repeated_and_keep_their_commas():
    assert parse(("name.in", "甲,乙"), ("q", "路"), ("name.in", "丙")) == {
        "filters": {"name": {"in": ["甲,乙", "丙"]}},
        "q": "路",
    }


def test_a_point_in_a_name_and_a_dollar_before_it_belong_to_the_field():
    assert parse(("a.b.eq", "1"))["filters"] == {"a.b": {"eq": "1"}}
    assert parse(("$or.eq", "1"))["filters"] == {"$$or": {"eq": "1"}}


@pytest.mark.parametrize(
    ("raw", "condition"),
    [({"a": 1}, {"a": 1}), ([{"a": 1}, {"b": None}], {"$or": [{"a": 1}, {"b": None}]})],
)
def test_filters_as_json_hold_beside_those_of_fields(raw, condition):
    assert parse(("filters", json.dumps(raw)))["filters"] == raw
    assert parse(("filters", json.dumps(raw)), ("c.ne", "2"))["filters"] == {
        "$and": [{"c": {"ne": "2"}}, condition]
    }


def test_selected_fields_are_a_list_without_repetition():
    assert parse(("select", "a, b"), ("select", "b,c")) == {"fields": ["a", "b", "c"]}


def test_what_a_form_leaves_empty_and_the_language_are_left_out():
    assert parse(("sort", ""), ("lang", "en"), ("limit", "5")) == {"limit": "5"}


def test_an_empty_value_of_a_filter_stays_a_filter():
    assert parse(("name.eq", "")) == {"filters": {"name": {"eq": ""}}}


@pytest.mark.parametrize(
    ("pairs", "code", "parameter"),
    [
        ([("limitt", "5")], "parameter-unknown", "limitt"),
        ([(".eq", "5")], "parameter-unknown", ".eq"),
        ([("q", "a"), ("q", "b")], "parameter-repeated", "q"),
        ([("filters", "{")], "filters-unreadable", "filters"),
        ([("filters", "[" * 60_000)], "filters-unreadable", "filters"),
        ([("filters", f'"{"a" * 100_000}"')], "filters-unreadable", "filters"),
    ],
)
def test_what_is_not_understood_is_refused(pairs, code, parameter):
    with pytest.raises(QueryError) as refusal:
        parse(*pairs)
    assert (refusal.value.code, refusal.value.parameter) == (code, parameter)


def test_names_are_those_of_the_call():
    assert parse(("group_by", "a:month"), names=SELECTION | {"group_by"}) == {
        "group_by": "a:month"
    }
    with pytest.raises(QueryError):
        parse(("sort", "a"), names=SELECTION)
    with pytest.raises(QueryError):
        parse(("a.eq", "1"), names={"lang"})
