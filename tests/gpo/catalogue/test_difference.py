"""Comparing before writing: what CKAN answers against what the YAML says."""

from __future__ import annotations

import pytest

from ckanext.gpo.catalogue.difference import changes


@pytest.mark.parametrize(
    ("stored", "wanted"),
    [
        ({"title": "欠税公告", "id": "x"}, {"title": "欠税公告"}),
        ({}, {"notes_en": ""}),
        ({"seq": 3}, {"seq": 3}),
        ({"order": "3"}, {"order": 3}),
        ({"related_codes": None}, {"related_codes": []}),
        (
            {"tags": [{"name": "b", "id": "1"}, {"name": "a"}]},
            {"tags": [{"name": "a"}, {"name": "b"}]},
        ),
        (
            {"legal_basis": [{"kind": "law", "clause": ""}]},
            {"legal_basis": [{"kind": "law"}]},
        ),
        (
            {"info_items": {"uscc": {"title": "代码", "length": 18}}},
            {"info_items": {"uscc": {"title": "代码", "length": 18}}},
        ),
        ({"private": True}, {"private": True}),
    ],
)
def test_nothing_to_write(stored, wanted):
    assert changes(stored, wanted) == {}


@pytest.mark.parametrize(
    ("stored", "wanted"),
    [
        ({"title": "欠税"}, {"title": "欠税公告"}),
        ({"update_freq": "daily"}, {"update_freq": "weekly"}),
        ({"content_elements": ["b", "a"]}, {"content_elements": ["a", "b"]}),
        ({"tags": [{"name": "a"}]}, {"tags": []}),
        ({"tags": [{"name": "a"}]}, {"tags": [{"name": "a"}, {"name": "b"}]}),
        (
            {"legal_basis": [{"kind": "law"}, {"kind": "rule"}]},
            {"legal_basis": [{"kind": "law"}]},
        ),
        (
            {"info_items": {"a": {"title": "甲"}}},
            {"info_items": {"a": {"title": "乙"}}},
        ),
        (
            {"info_items": {"a": {"title": "甲"}, "b": {"title": "乙"}}},
            {"info_items": {"a": {"title": "甲"}}},
        ),
        ({"private": True}, {"private": False}),
    ],
)
def test_what_differs_is_written_whole(stored, wanted):
    assert changes(stored, wanted) == wanted
