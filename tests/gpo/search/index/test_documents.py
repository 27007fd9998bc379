"""What becomes of a document that CKAN sends."""

from __future__ import annotations

from datetime import datetime, timezone

import pytest

from ckanext.gpo.search.errors import DocumentError


def stored(engine, **fields):
    engine.add([{"index_id": "1", **fields}], commit=True)
    (found,) = engine.search("*:*", {"fl": "*"})["response"]["docs"]
    return found


def test_dates_are_given_back_in_solrs_form(engine):
    found = stored(
        engine,
        metadata_created="2026-01-02T03:04:05.678912Z",
        metadata_modified=datetime(2026, 1, 2, 3, 4, 5, tzinfo=timezone.utc),
        start_date="2026-01-02T08:00:00+08:00",
    )
    assert found["metadata_created"] == "2026-01-02T03:04:05.678Z"
    assert found["metadata_modified"] == "2026-01-02T03:04:05Z"
    assert found["start_date"] == "2026-01-02T00:00:00Z"


def test_default_values(engine):
    assert stored(engine)["indexed_ts"].endswith("Z")


def test_empty_values_are_no_values(engine):
    found = stored(engine, title="", notes=None, tags=[], groups=["", None, "a"])
    assert not {"title", "notes", "tags"} & set(found)
    assert found["groups"] == ["a"]
    assert engine.search("title:*", {})["response"]["numFound"] == 0


def test_values_of_any_type_are_kept_as_text(engine):
    found = stored(engine, title=2026, version=True, extras_x={"a": 1})
    assert found["title"] == "2026"
    assert found["version"] == "true"
    assert found["extras_x"] == "{'a': 1}"


def test_characters_that_xml_cannot_carry_are_dropped(engine):
    found = stored(engine, title="a\x00b\ud800c\x0bd")
    assert found["title"] == "abcd"


def test_very_long_values_are_kept_but_not_found_by_value(engine):
    long = "长" * 20_000
    found = stored(engine, url=long, downloads=long, name="n")
    assert found["url"] == long
    assert engine.search("name:n", {})["response"]["numFound"] == 1
    assert engine.search(f'downloads:"{long[:9000]}"', {})["response"]["numFound"] == 0


def test_strings_that_look_like_dates_stay_strings(engine):
    stored(engine, issued="2026-01-01T00:00:00Z")
    query = 'issued:"2026-01-01T00:00:00Z"'
    assert engine.search(query, {})["response"]["numFound"] == 1


def test_names_with_dots_and_signs(engine):
    stored(engine, **{"a.b": "x", "c\\d": "y", "e f": "z", "g.h_date": "NOW"})
    for query in ("a.b:x", "c\\\\d:y", "e\\ f:z", "g.h_date:[* TO NOW]"):
        assert engine.search(query, {})["response"]["numFound"] == 1, query
    answer = engine.search(
        "*:*", {"facet": "true", "facet.field": ["a.b"], "sort": "a.b asc"}
    )
    assert answer["facet_counts"]["facet_fields"] == {"a.b": ["x", 1]}


def test_phrases_do_not_reach_from_one_value_to_the_next(engine):
    stored(engine, res_name=["食品", "药品"], extras_a="环境", extras_b="评价")
    assert engine.search('res_name:"食品药品"', {})["response"]["numFound"] == 0
    assert engine.search('text:"环境评价"', {})["response"]["numFound"] == 0
    assert engine.search("res_name:食品", {})["response"]["numFound"] == 1


@pytest.mark.parametrize(
    "fields",
    [
        {"views_total": "many"},
        {"metadata_modified": "yesterday"},
        {"start_date": "30/06/2012"},
        {"start_date": "2026-01-01T00:00:00+99:99"},
    ],
)
def test_a_value_that_does_not_fit_refuses_the_document(engine, fields):
    with pytest.raises(DocumentError, match="Error adding field"):
        engine.add([{"index_id": "1", **fields}], commit=True)
    assert engine.search("*:*", {})["response"]["numFound"] == 0


def test_a_document_needs_its_key(engine):
    with pytest.raises(DocumentError, match="index_id"):
        engine.add([{"name": "x"}], commit=True)
