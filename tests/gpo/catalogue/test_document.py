"""What the catalogue adds to a dataset's document of the search index."""

from __future__ import annotations

import json
from typing import Any

import pytest

from ckan.tests.helpers import call_action

from ckanext.gpo.catalogue import document
from ckanext.gpo.common.tables import table

from .conftest import CREDIT


def of(
    name: str, modified: str = "2026-03-01T08:00:00Z", **dataset: Any
) -> dict[str, Any]:
    made = {"name": name, "metadata_modified": modified}
    made |= {"data_dict": "{}", "validated_data_dict": json.dumps(dataset)}
    document.prepare(made)
    return made


def test_columns_are_told_by_name_and_title():
    told = of(table(CREDIT).dataset_name)[document.COLUMNS]

    for field in table(CREDIT).fields:
        assert field["name"] in told
        assert field["title"] in told


def test_what_is_no_table_of_ours_has_no_columns():
    assert document.COLUMNS not in of("somebody-elses")


@pytest.mark.parametrize(
    ("modified", "year"),
    [("2025-12-31T15:59:59.9Z", "2025"), ("2025-12-31T16:00:00Z", "2026")],
)
def test_the_year_is_that_in_china(modified: str, year: str):
    assert of("any", modified)[document.YEAR] == year


@pytest.mark.usefixtures("catalogue")
def test_a_dataset_is_found_by_a_column():
    answer = call_action(
        "package_search", q="评价年度", **{"facet.field": ["year", "dataset_type"]}
    )

    assert table(CREDIT).dataset_name in {d["name"] for d in answer["results"]}
    assert answer["facets"]["year"]


def test_departments_and_domains_are_told_by_their_titles():
    made = of(
        "food-drug-1",
        organization={"name": "scjg", "title": "天宁区市场监督管理局"},
        publishers=["scjg", "zjj"],
        groups=[{"name": "environment", "title": "环境保护"}],
    )

    told = made[document.DEPARTMENTS].split("\n")
    assert told == ["天宁区市场监督管理局", "天宁区住房和城乡建设局"]
    assert made[document.DOMAINS].split("\n") == ["环境保护", "生态环境"]


def test_formats_are_those_of_the_download_files_too():
    kinds = {"csv": {}, "xlsx": {}, "json": {}, "parquet": {}}
    made = of("any", resources=[{"format": "CSV", "downloads": kinds}])

    assert made[document.FORMATS] == ["CSV", "XLSX", "JSON", "Parquet"]


@pytest.mark.usefixtures("catalogue")
@pytest.mark.parametrize("former", ["国税局", "地税", "国税"])
def test_former_names_of_a_department_find_its_datasets(former: str):
    found = call_action("package_search", q=former)["results"]

    assert table(CREDIT).dataset_name in {dataset["name"] for dataset in found}
