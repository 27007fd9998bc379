"""Data's way from a department's file to a citizen's download, as a story.

Real servers throughout: the site is what `bin/run` builds, the business systems are the
sample ones, the reader is an anonymous client. The steps build on each other.
"""

from __future__ import annotations

import csv
import hashlib
import io
from collections import Counter

import openpyxl
import pytest
import requests
from ckanapi import RemoteCKAN

from ..conftest import Site

DOMAINS = {
    *("planning", "construction", "budget", "tax", "environment"),
    *("food_drug", "safety", "culture", "legal"),
}
SOURCE = "wglj-culture-files"
FAULTY = "culture-culture-activities"
VENUES = "culture-culture-venues"
PROJECT = "2017-320402-48-01-500001"


class TestDatasetJourney:
    @pytest.fixture(scope="class")
    def steward(self, site: Site) -> str:
        return site.token("steward")

    def test_01_nine_domains_are_filled(self, site: Site):
        _, domains = site.call("gpo_catalogue_domain_list")

        assert {domain["name"] for domain in domains} == DOMAINS
        assert all(domain["dataset_count"] >= 2 for domain in domains)
        assert all(domain["item_count"] >= 3 for domain in domains)
        assert sum(domain["dataset_count"] for domain in domains) >= 24

    def test_01_every_source_was_harvested_once(self, site: Site):
        _, events = site.call(
            "gpo_common_event_list",
            token=site.token("admin"),
            kind="harvest-run",
            limit=1000,
        )
        begun = Counter(e["parent"] for e in events if e["what"] == "created")
        assert begun
        assert set(begun.values()) == {1}

    def test_02_anonymous_clients_read_what_is_published(self, site: Site):
        with RemoteCKAN(site.address) as client:
            found = client.action.package_search(
                fq="dataset_type:dataset", rows=100, facet=["groups"]
            )
            assert found["count"] >= 24
            largest = client.action.package_show(id="food-drug-market-entities")
            rows = client.action.datastore_search(
                resource_id=largest["resources"][0]["id"], limit=1
            )
        assert rows["total"] >= 50_000

    def test_03_faulty_files_were_rejected_with_reports(self, site: Site, steward: str):
        _, candidates = site.call("gpo_quality_candidate_list", token=steward)
        rejected = [c for c in candidates if c["state"] == "rejected"]
        assert len(rejected) >= 3

        version = next(c for c in rejected if c["dataset"] == FAULTY)
        _, shown = site.call(
            "gpo_quality_version_show", token=steward, id=version["id"]
        )
        errors = shown["report"]["errors"]
        rules = Counter(error["rule"] for error in errors)
        assert {"primary-key", "foreign-key", "constraint-error"} <= set(rules)
        for error in errors:
            assert error["row"] > 1  # of the department's own file
            assert error["message"]
            assert error["fix"]
            assert error["cells"]

    def test_04_nothing_of_it_is_public(self, site: Site, steward: str):
        assert site.call("package_show", id=FAULTY)[0] == 404
        _, found = site.call("package_search", q="群众文化活动")
        assert FAULTY not in {dataset["name"] for dataset in found["results"]}
        address = f"{site.address}/dataset/{FAULTY}/download/{FAULTY}.csv"
        assert requests.get(address, timeout=60).status_code in (403, 404)
        _, versions = site.call(
            "gpo_quality_version_list", token=steward, dataset=FAULTY
        )
        assert site.call("gpo_quality_version_show", id=versions[0]["id"])[0] == 404

    def test_05_the_department_mends_and_the_next_harvest_publishes(
        self, site: Site, steward: str
    ):
        site.mend("culture_activities")

        printed = site.ckan("gpo-harvest", "run", "--source", SOURCE, "--wait")

        assert "culture/culture_activities" in printed
        version = site.decided(FAULTY, steward, number=2)
        _, shown = site.call(
            "gpo_quality_version_show", token=steward, id=version["id"]
        )
        assert version["state"] == "published", shown["report"]["errors"]
        steps = [event["to_state"] for event in shown["events"]]
        assert steps == ["received", "checking", "passed", "published"]

    def test_06_what_did_not_change_was_not_checked_again(
        self, site: Site, steward: str
    ):
        _, versions = site.call(
            "gpo_quality_version_list", token=steward, dataset=VENUES
        )
        assert [version["number"] for version in versions] == [1]

    @pytest.mark.parametrize("query", ["活动", "群众文化", "文化活动"])
    def test_07_search_finds_it(self, site: Site, query: str):
        _, found = site.call("package_search", q=query, fq="dataset_type:dataset")

        assert FAULTY in {dataset["name"] for dataset in found["results"]}

    def test_08_every_file_is_what_was_checked(self, site: Site):
        _, dataset = site.call("package_show", id=FAULTY)
        (resource,) = dataset["resources"]
        content = {}
        for kind, file in resource["downloads"].items():
            answer = requests.get(file["url"], timeout=60)
            assert answer.status_code == 200
            assert hashlib.sha256(answer.content).hexdigest() == file["sha256"]
            assert "filename*=UTF-8''" in answer.headers["Content-Disposition"]
            content[kind] = answer
        text = content["csv"].content.decode("utf-8-sig")
        rows = list(csv.DictReader(io.StringIO(text)))
        assert len(rows) == resource["row_count"]
        assert len(content["json"].json()) == len(rows)
        sheet = openpyxl.load_workbook(io.BytesIO(content["xlsx"].content)).active
        assert sheet is not None
        assert sheet.max_row == len(rows) + 1

    def test_09_downloads_resume_and_are_not_sent_twice(self, site: Site):
        _, dataset = site.call("package_show", id=FAULTY)
        file = dataset["resources"][0]["downloads"]["csv"]

        part = requests.get(file["url"], headers={"Range": "bytes=10-19"}, timeout=60)
        assert (part.status_code, len(part.content)) == (206, 10)
        known = {"If-None-Match": f'"{file["sha256"]}"'}
        assert requests.get(file["url"], headers=known, timeout=60).status_code == 304

    def test_10_rows_are_queried_by_column(self, site: Site):
        _, dataset = site.call("package_show", id=FAULTY)
        resource = dataset["resources"][0]["id"]

        _, found = site.call("datastore_search", resource_id=resource, limit=1)
        venue = found["records"][0]["venue_code"]
        _, filtered = site.call(
            "datastore_search", resource_id=resource, filters={"venue_code": venue}
        )

        assert 0 < filtered["total"] < found["total"]
        assert {row["venue_code"] for row in filtered["records"]} == {venue}

    def test_11_the_catalogue_knows_it(self, site: Site):
        _, domain = site.call("gpo_catalogue_domain_show", id="culture")

        fulfilled = [item for item in domain["items"] if FAULTY in item["datasets"]]
        assert fulfilled
        assert {item["state"] for item in fulfilled} == {"published"}
        assert "pending" in {item["state"] for item in domain["items"]}
        assert FAULTY in {dataset["name"] for dataset in domain["datasets"]}

    def test_12_a_chain_leads_through_the_domains(self, site: Site):
        _, chain = site.call("gpo_catalogue_chain_show", id="project", key=PROJECT)

        stations = chain["stations"]
        assert len(stations) >= 6
        assert all(station["records"] for station in stations)
        assert len({station["table_ref"].split("/")[0] for station in stations}) >= 4

    def test_13_a_lost_file_is_told_and_changes_nothing_public(
        self, site: Site, steward: str
    ):
        (file,) = (site.home / "samples" / "drop" / "wglj").glob("*免费开放*.xlsx")
        hidden = file.rename(file.with_suffix(".lost"))
        try:
            printed = site.ckan("gpo-harvest", "run", "--source", SOURCE, "--wait")
        finally:
            hidden.rename(file)

        lines = {
            line.split()[1]: line for line in printed.splitlines() if SOURCE in line
        }
        assert "source-file-missing" in lines["culture/culture_venues"]
        assert "source-" not in lines["culture/culture_activities"]
        assert site.call("package_show", id=VENUES)[0] == 200
