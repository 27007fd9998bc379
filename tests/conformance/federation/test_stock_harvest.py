"""A stock CKAN takes all datasets with all fields, by either of its harvesters."""

from __future__ import annotations

import json
from typing import Any

import pytest
import yaml

from tests.conftest import ROOT, Site

from .conftest import StockCkan

SCHEMA = yaml.safe_load((ROOT / "dataset_schemas" / "dataset.yaml").read_text("utf-8"))
PUBLIC = [
    field["field_name"]
    for field in SCHEMA["dataset_fields"]
    if field.get("standard") and not field.get("intranet_only")
]
"""The fields of 1272号 but those of item 9."""


def _datasets(site: Site) -> dict[str, dict[str, Any]]:
    _, answer = site.call("package_search", fq="dataset_type:dataset", rows=1000)
    return {dataset["id"]: dataset for dataset in answer["results"]}


def _extras(package: dict[str, Any]) -> dict[str, str]:
    return {extra["key"]: extra["value"] for extra in package["extras"]}


def test_by_the_harvester_of_ckan(site: Site, stock: StockCkan):
    datasets = _datasets(site)
    source = ("us", f"{site.address}/federation", "ckan")
    config = {"remote_groups": "create", "remote_orgs": "create"}

    packages = stock.harvest(*source, **config)

    assert {package["id"] for package in packages} == datasets.keys()
    for package in packages:
        dataset, extras = datasets[package["id"]], _extras(package)
        assert package["type"] == "dataset"
        for field in ("name", "title", "notes", "license_id"):
            assert package[field] == dataset[field]
        for kind in ("organization", "tags", "groups"):
            assert _names(package[kind]) == _names(dataset[kind])
        for field in PUBLIC:
            if dataset.get(field) and field not in ("title", "notes", "owner_org"):
                value = dataset[field]
                text = value if isinstance(value, str) else json.dumps(value)
                assert extras[field] == text, field
        (resource,) = dataset["resources"]
        assert json.loads(extras["info_items"]) == resource["info_items"]
        assert {(each["url"], each["hash"]) for each in package["resources"]} == {
            (file["url"], file["sha256"]) for file in resource["downloads"].values()
        }


def _names(value: Any) -> set[str]:
    things = value if isinstance(value, list) else [value]
    return {thing["name"] for thing in things}


@pytest.mark.parametrize("ending", ["ttl", "rdf", "jsonld"])
def test_by_the_harvester_of_dcat(site: Site, stock: StockCkan, ending: str):
    datasets = {each["res_code"]: each for each in _datasets(site).values()}

    packages = stock.harvest("us", f"{site.address}/catalog.{ending}", "dcat_rdf")

    by_code = {_extras(package)["identifier"]: package for package in packages}
    assert by_code.keys() == datasets.keys()
    assert len(packages) == len(datasets)
    for code, package in by_code.items():
        dataset, extras = datasets[code], _extras(package)
        (resource,) = dataset["resources"]
        assert package["type"] == "dataset"
        for field in ("title", "notes"):
            assert package[field] == dataset[field]
        if dataset.get("license_url"):  # by which it is known everywhere
            assert package["license_id"] == dataset["license_id"]
        assert _names(package["tags"]) == _names(dataset["tags"])
        # items 1, 4, 5, 7, 10, 11, 12 and 13 of 1272号
        category = "".join(
            dataset[f"cat_{part}"] for part in ("lei", "xiang", "mu", "ximu")
        )
        themes = " ".join(json.loads(extras["theme"]))
        assert f"#{category}" in themes
        assert all(f"/domain/{name}" in themes for name in _names(dataset["groups"]))
        assert extras["publisher_name"] == dataset["organization"]["title"]
        assert extras["publisher_identifier"] == dataset["provider_code"]
        form = dataset.get("fmt_note") or dataset["fmt_type"]
        assert form.lower() in extras["provenance"].lower()
        assert extras["access_rights"].endswith("/PUBLIC")
        assert "authority/frequency/" in extras["frequency"]
        assert extras["issued"] == dataset["issued"]
        related = json.loads(extras.get("related_resource", "[]"))
        assert {each.partition("#")[2] for each in related} == {
            *dataset["related_codes"]
        }
        files = {file["url"]: file for file in resource["downloads"].values()}
        assert {each["url"] for each in package["resources"]} == files.keys()
        for each in package["resources"]:
            file = files[each["url"]]
            assert each["hash"] == file["sha256"]
            assert each["hash_algorithm"].endswith("sha256")
            assert int(each["size"]) == file["size"]
            assert each.get("rights", "") == dataset.get("open_condition", "")
            # item 8
            for name, item in resource["info_items"].items():
                assert f"{item['title']}（{name}" in each["description"]
        formats = {each["format"] for each in package["resources"]}
        assert {"CSV", "XLSX", "JSON", "ZIP"} < formats
