"""Suggestions of the whole platform: its datasets, items, departments and domains."""

from __future__ import annotations

import pytest

from ckan.tests.helpers import call_action

from ckanext.gpo.catalogue import reference, seed

from ...conftest import VENUES, row

pytestmark = pytest.mark.usefixtures("with_plugins", "app")
"""The other tests here make apps of one plugin; addresses are those of the last one."""


def suggest(q):
    return call_action("gpo_search_suggest", q=q)


def test_by_title_pinyin_english_and_code(gate):
    assert gate.judge(VENUES, row(VENUES))["state"] == "published"
    seed.ensure_item("culture", reference.items("culture")[0])
    [item] = call_action("package_search", fq="dataset_type:disclosure-item")["results"]
    dataset = gate.dataset(VENUES)

    for typed in (
        dataset["title"][:3],
        dataset["title_en"][:6],
        dataset["res_code"],
        dataset["res_code"][:-2],
        dataset["name"],
    ):
        found = suggest(typed)
        assert dataset["name"] in [s["name"] for s in found], typed
    assert {s["kind"] for s in suggest("gonggongwenhua")} >= {"dataset", "group"}
    found = suggest(item["item_code"])
    assert [(s["kind"], s["name"]) for s in found] == [
        ("disclosure-item", item["name"])
    ]


def test_a_dataset_without_a_published_version_is_not_suggested(gate):
    dataset = gate.dataset(VENUES)
    assert dataset["private"]
    assert [s for s in suggest(dataset["title"]) if s["kind"] == "dataset"] == []
