"""The field types are those of the installed CKAN."""

from __future__ import annotations

import pytest

from ckan.lib.search import SUPPORTED_SCHEMA_VERSIONS

from ckanext.gpo.search.index.solr_schema import (
    Kind,
    Style,
    ckan_schema_text,
    read_schema,
)


@pytest.fixture(scope="module")
def schema():
    return read_schema(ckan_schema_text())


def test_version_is_one_that_ckan_supports(schema):
    assert schema.version.removeprefix("ckan-") in SUPPORTED_SCHEMA_VERSIONS
    assert schema.unique_key == "index_id"
    assert schema.defaults == {"indexed_ts": "NOW"}


@pytest.mark.parametrize(
    ("name", "kind", "stored", "multi_valued"),
    [
        ("name", Kind.STRING, True, False),
        ("title", Kind.TEXT, True, False),
        ("title_string", Kind.STRING, False, False),
        ("name_ngram", Kind.NGRAM, True, False),
        ("tags", Kind.STRING, True, True),
        ("permission_labels", Kind.STRING, False, True),
        ("metadata_modified", Kind.DATE, True, False),
        ("views_total", Kind.INTEGER, False, False),
        ("text", Kind.TEXT, False, True),
        # dynamic: the longest pattern wins
        ("extras_start_date", Kind.TEXT, True, False),
        ("res_extras_x", Kind.TEXT, True, True),
        ("vocab_country", Kind.STRING, True, True),
        ("start_date", Kind.DATE, True, False),
        ("harvest_source_id", Kind.STRING, False, False),
    ],
)
def test_rules(schema, name, kind, stored, multi_valued):
    rule = schema.rule(name)
    assert (rule.kind, rule.stored, rule.multi_valued) == (kind, stored, multi_valued)


def test_styles_of_texts(schema):
    assert schema.rule("title").style == Style(stem=True, split_case=True)
    assert schema.rule("author").style == Style(stem=False, split_case=False)


def test_what_is_not_indexed(schema):
    assert not schema.rule("data_dict").indexed
    assert not schema.rule("validated_data_dict").indexed


def test_copies(schema):
    assert set(schema.targets("title")) == {"title", "title_ngram", "text"}
    assert set(schema.targets("res_url")) == {"res_url", "urls"}
    assert set(schema.targets("extras_x")) == {"extras_x", "text"}
    # a copy is not copied again, and a field not onto itself
    assert schema.targets("text") == ["text"]
    assert schema.targets("theme") == ["theme"]
