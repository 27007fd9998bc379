"""The API that a stock CKAN's harvester calls."""

from __future__ import annotations

from typing import Any

import pytest

from ckan.tests.helpers import call_action

from ckanext.gpo.common.news import walk

from ...conftest import VENUES, Gate, Shown, row
from ...quality.versions import restore, take_back

API = "/federation/api/3/action"
NAME = "culture-culture-venues"


def test_datasets_and_no_other_package(shown: Shown, app: Any):
    result = app.get(f"{API}/package_search").json["result"]

    (package,) = result["results"]
    assert result["count"] == 1
    assert package["name"] == NAME
    assert package == app.get(f"{API}/package_show?id={NAME}").json["result"]


def test_what_is_for_the_intranet_is_not_in_it(gate: Gate, app: Any):
    gate.judge(VENUES, row(VENUES))

    package = app.get(f"{API}/package_show?id={NAME}").json["result"]

    assert {e["key"] for e in package["extras"]} >= {"res_code", "info_items"}
    assert not [e for e in package["extras"] if e["key"].startswith("share")]


def test_what_is_not_public_is_not_there(gate: Gate, app: Any, steward: dict[str, str]):
    assert app.get(f"{API}/package_search").json["result"]["count"] == 0
    answer = app.get(f"{API}/package_show?id={NAME}")
    assert answer.status_code == 404
    assert not answer.json["success"]
    # also of who may see it only what is public leaves the site
    assert app.get(f"{API}/package_search", headers=steward).json["result"] == {
        "count": 0,
        "results": [],
    }


def test_a_disclosure_item_is_not_there(shown: Shown, app: Any):
    answer = call_action("package_search", fq="dataset_type:disclosure-item")
    name = answer["results"][0]["name"]

    assert app.get(f"{API}/package_show?id={name}").status_code == 404
    assert app.get(f"/dataset/{name}.ttl").status_code == 404
    assert name not in app.get("/catalog.ttl").body


@pytest.mark.parametrize(
    "query", ["rows=x", "start=-1", 'fq="(', "sort=nonsense"], ids=str
)
def test_bad_input_is_told_as_ckan_tells_it(gate: Gate, app: Any, query: str):
    answer = app.get(f"{API}/package_search?{query}")

    assert answer.status_code == 409
    assert answer.json["success"] is False
    assert answer.json["error"]["__type"]


@pytest.mark.parametrize("kind", ["organization", "group"])
def test_departments_and_domains(shown: Shown, app: Any, kind: str):
    id_ = {"organization": "wglj", "group": "culture"}[kind]

    group = app.get(f"{API}/{kind}_show?id={id_}").json["result"]

    assert group["name"] == id_
    assert group["is_organization"] is (kind == "organization")
    assert app.get(f"{API}/{kind}_show?id=none").status_code == 404


SINCE = "metadata_modified:[2020-01-01T00:00:00Z TO *]"


def test_who_asks_what_has_changed_is_told_what_was_withdrawn(gate: Gate, app: Any):
    take_back(gate.judge(VENUES, row(VENUES)))
    walk.walk(30)

    result = app.get(f"{API}/package_search", query_string={"fq": SINCE}).json["result"]
    (package,) = result["results"]
    assert result["count"] == 1
    assert (package["name"], package["state"]) == (NAME, "deleted")
    assert package["id"] == gate.dataset(VENUES)["id"]
    # everybody else is told what is there
    assert app.get(f"{API}/package_search").json["result"]["count"] == 0
    later = {"fq": "metadata_modified:[2999-01-01T00:00:00Z TO *]"}
    assert (
        app.get(f"{API}/package_search", query_string=later).json["result"]["results"]
        == []
    )
    rest = app.get(f"{API}/package_search", query_string={"fq": SINCE, "start": 100})
    assert rest.json["result"]["results"] == []


def test_what_is_public_again_is_not_told_as_withdrawn(gate: Gate, app: Any):
    version = gate.judge(VENUES, row(VENUES))
    take_back(version)
    restore(version)
    gate.decide()
    walk.walk(30)

    answer = app.get(f"{API}/package_search", query_string={"fq": SINCE})
    states = [package["state"] for package in answer.json["result"]["results"]]
    assert states == ["active"]
