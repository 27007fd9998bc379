"""The catalogue as DCAT-US, datasets as search engines read them."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft4Validator, RefResolver
from lxml import etree

from ckan.tests.helpers import call_action

from ...conftest import ACTIVITIES, VENUES, Gate, Shown, row

POD = Path(__file__).parents[5] / "shared/realdata/ckan/project-open-data/v1.1/schema"
"""The JSON Schema of DCAT-US 1.1 (CC0): `project-open-data/project-open-data.github.io`."""

NAME = "culture-culture-venues"


def _described(app: Any, path: str) -> dict[str, Any]:
    (script,) = etree.HTML(app.get(path).body).xpath(
        '//script[@type="application/ld+json"]'
    )
    return json.loads(script.text)


def test_data_json_has_the_public_datasets(shown: Shown, app: Any):
    (dataset,) = app.get("/data.json").json["dataset"]

    pkg = call_action("package_show", id=NAME)
    assert dataset["identifier"] == pkg["res_code"]
    assert dataset["title"] == pkg["title"]
    assert {file["downloadURL"] for file in dataset["distribution"]} == {
        file["url"] for file in pkg["resources"][0]["downloads"].values()
    }


def test_data_json_is_the_same_for_who_may_see_more(
    gate: Gate, app: Any, steward: dict[str, str]
):
    gate.judge(VENUES, row(VENUES))
    gate.judge(ACTIVITIES, row(ACTIVITIES, venue_code="无此场馆"))

    assert app.get("/data.json", headers=steward).json == app.get("/data.json").json


def test_data_json_is_valid(shown: Shown, app: Any):
    if not POD.is_dir():
        pytest.skip(f"{POD} is not on this machine")
    schema = json.loads((POD / "catalog.json").read_text("utf-8"))
    store = {
        f"https://project-open-data.cio.gov/v1.1/schema/{path.name}": json.loads(
            path.read_text("utf-8")
        )
        for path in POD.glob("*.json")
    }
    resolver = RefResolver(schema.get("id", ""), schema, store=store)
    catalogue = app.get("/data.json").json
    # a field of the agencies of the United States
    for dataset in catalogue["dataset"]:
        dataset |= {"bureauCode": ["000:00"], "programCode": ["000:000"]}
        dataset["contactPoint"]["hasEmail"] = "mailto:none@example.org"

    faults = list(Draft4Validator(schema, resolver=resolver).iter_errors(catalogue))

    assert [fault.message for fault in faults] == []


@pytest.mark.parametrize(
    ("start", "title"), [("", "title"), ("/en", "title_en")], ids=["zh", "en"]
)
def test_a_page_tells_search_engines_of_its_dataset(
    gate: Gate, app: Any, start: str, title: str
):
    gate.judge(VENUES, row(VENUES))
    pkg = gate.dataset(VENUES)

    described = _described(app, f"{start}/dataset/{NAME}")

    assert described["@type"] == "Dataset"
    assert described["name"] == pkg[title]
    # what Google asks for
    assert 50 <= len(described["description"]) <= 5000
    assert described["license"] == pkg["license_url"]
    assert described["creator"]["name"]
    assert described["identifier"] == pkg["res_code"]
    downloads = pkg["resources"][0]["downloads"]
    assert {each["contentUrl"] for each in described["distribution"]} == {
        file["url"] for file in downloads.values()
    }


def test_no_text_of_a_record_ends_the_element(gate: Gate, app: Any):
    gate.judge(VENUES, row(VENUES))
    evil = "</script><script>alert(1)</script><!--" + "字" * 60
    site = call_action("get_site_user")["name"]
    call_action("package_patch", {"user": site}, id=NAME, notes=evil)

    body = app.get(f"/dataset/{NAME}").body

    assert "<script>alert" not in body
    assert _described(app, f"/dataset/{NAME}")["description"] == evil


def test_a_private_dataset_tells_nothing(gate: Gate, app: Any, steward: dict[str, str]):
    answer = app.get(f"/dataset/{NAME}", headers=steward)

    assert answer.status_code == 200
    assert "application/ld+json" not in answer.body
