"""What a domain shows, and to whom: public records only, for everybody."""

from __future__ import annotations

import pytest

import ckan.plugins.toolkit as tk
from ckan.tests import factories

from .conftest import CODE, CREDIT, ENTITIES, act, as_reader, dataset, ensure

pytestmark = pytest.mark.usefixtures("catalogue")


class TestDomainList:
    def test_nine_in_order(self):
        found = as_reader("gpo_catalogue_domain_list")
        assert [d["order"] for d in found] == list(range(1, 10))
        planning, tax = found[0], found[3]
        assert planning["name"] == "planning"
        assert planning["dataset_count"] == 0
        assert planning["latest"] is None
        assert [m["published"] for m in planning["year"]] == [0] * 12
        assert tax["title_en"] == "Tax administration"
        assert tax["item_count"] == 7

    def test_a_publication_counts(self):
        found = {d["name"]: d for d in as_reader("gpo_catalogue_domain_list")}
        domain = found["food_drug"]
        versions = as_reader(
            "gpo_quality_version_list", dataset="food-drug-market-entities"
        )
        assert domain["dataset_count"] == 1
        assert domain["latest"]["name"] == "food-drug-market-entities"
        assert domain["latest"]["published"] == versions[0]["published"]
        assert sum(month["published"] for month in domain["year"]) == len(versions)


class TestDomainShow:
    def test_items_and_the_datasets_that_fulfil_them(self):
        found = as_reader("gpo_catalogue_domain_show", id="tax")
        assert [item["seq"] for item in found["items"]] == list(range(1, 8))
        states = {item["item_l2"]: item["state"] for item in found["items"]}
        assert states["A级纳税人名单"] == "published"
        assert states["欠税公告"] == "pending"
        assert states["税收法律法规"] == "pending"
        item = found["items"][3]
        assert item["datasets"] == ["tax-a-credit-taxpayers"]
        assert item["channels"][0]["code"] == "C01"
        assert item["legal_basis"][0]["title"].startswith("国家税务总局关于")
        row = found["datasets"][0]
        assert row["row_count"] == 2
        assert row["organization"] == "swj"
        assert row["update_freq"] == "yearly"
        assert row["overdue"] is False
        assert found["counts"] == {
            "datasets": 3,
            "published": 1,
            "items": 7,
            "items_published": 1,
            "rows": 2,
        }

    def test_chains_have_a_hollow_station_for_what_is_not_public(self):
        (chain,) = as_reader("gpo_catalogue_domain_show", id="tax")["chains"]
        assert chain["name"] == "enterprise"
        stations = {s["table_ref"]: s for s in chain["stations"]}
        assert stations[ENTITIES]["published"] is True
        assert stations["tax/tax_arrears"]["published"] is False
        assert stations[CREDIT]["department"] == "国家税务总局常州市天宁区税务局"

    def test_who_may_see_more_is_told_the_same(self):
        steward, sysadmin = factories.User()["name"], factories.Sysadmin()["name"]
        act("organization_member_create", id="swj", username=steward, role="admin")
        anybodys, stewards, sysadmins = (
            as_reader("gpo_catalogue_domain_show", user=user, id="tax")
            for user in ("", steward, sysadmin)
        )
        assert anybodys == stewards == sysadmins
        assert [d["name"] for d in anybodys["datasets"]] == ["tax-a-credit-taxpayers"]

    def test_what_is_no_domain_is_not_found(self):
        for name in ("railways", "swj"):  # swj is a department
            with pytest.raises(tk.ObjectNotFound):
                as_reader("gpo_catalogue_domain_show", id=name)

    def test_datasets_come_in_pages(self):
        found = as_reader("gpo_catalogue_domain_show", id="tax", limit=1, offset=1)
        assert found["datasets"] == []
        assert found["dataset_count"] == 1
        with pytest.raises(tk.ValidationError):
            as_reader("gpo_catalogue_domain_show", id="tax", limit=1001)


class TestItems:
    def test_all_domains_in_the_order_of_the_catalogue(self):
        found = as_reader("gpo_catalogue_item_list")
        names = [item["name"] for item in found["results"]]
        assert names[0] == "item-tax-001"
        assert names[-1].startswith("item-food-drug-")
        assert found["count"] == len(names)
        assert found["domains"]["tax"] == {"items": 7, "items_published": 1}

    def test_pages_and_filters(self):
        whole = as_reader("gpo_catalogue_item_list", domain="tax")
        part = as_reader("gpo_catalogue_item_list", domain="tax", limit=2, offset=3)
        assert part["results"] == whole["results"][3:5]
        assert part["count"] == 7
        (item,) = as_reader("gpo_catalogue_item_list", domain="tax", state="published")[
            "results"
        ]
        assert item["datasets"] == ["tax-a-credit-taxpayers"]

    def test_one_item_is_told_as_in_the_list(self):
        listed = as_reader("gpo_catalogue_item_list", domain="tax", limit=1, offset=3)
        shown = as_reader("gpo_catalogue_item_show", id="item-tax-004")
        assert [shown.pop("item_datasets"), shown] == [
            listed["item_datasets"],
            listed["results"][0],
        ]

    def test_what_is_no_item_is_not_found(self):
        for name in ("tax-a-credit-taxpayers", "nothing"):
            with pytest.raises(tk.ObjectNotFound):
                as_reader("gpo_catalogue_item_show", id=name)


def test_chains_name_the_public_version_of_each_station():
    chains = {c["name"]: c for c in as_reader("gpo_catalogue_chain_list")}
    stations = {s["table_ref"]: s for s in chains["enterprise"]["stations"]}
    versions = as_reader("gpo_quality_version_list", dataset="tax-a-credit-taxpayers")
    assert stations[CREDIT]["version"] == versions[0]["id"]
    assert stations["tax/tax_arrears"]["version"] is None


class TestChainShow:
    def test_a_key_is_followed_through_the_public_tables(self):
        found = as_reader("gpo_catalogue_chain_show", id="enterprise", key=CODE)
        assert found["value"] == CODE
        assert found["key_title"] == "统一社会信用代码"
        stations = {s["table_ref"]: s for s in found["stations"]}
        credit = stations[CREDIT]
        assert credit["total"] == 2
        assert [r["year"] for r in credit["records"]] == [2024, 2025]
        assert credit["number"] == 2024
        assert credit["date"].startswith("2025-04-28")
        assert stations["tax/tax_arrears"]["records"] == []

    def test_a_key_that_nobody_has_is_found_nowhere(self):
        found = as_reader("gpo_catalogue_chain_show", id="enterprise", key="无")
        assert all(station["total"] == 0 for station in found["stations"])
        assert all(station["records"] == [] for station in found["stations"])

    def test_rows_of_a_withdrawn_dataset_are_not_shown(self):
        act("package_patch", id="food-drug-market-entities", private=True)
        found = as_reader("gpo_catalogue_chain_show", id="enterprise", key=CODE)
        act("package_patch", id="food-drug-market-entities", private=False)
        assert found["stations"][0]["published"] is False
        assert found["stations"][0]["records"] == []

    def test_chain_and_key_are_needed(self):
        with pytest.raises(tk.ObjectNotFound):
            as_reader("gpo_catalogue_chain_show", id="railways", key=CODE)
        with pytest.raises(tk.ValidationError):
            as_reader("gpo_catalogue_chain_show", id="enterprise")


class TestDatasetEnsure:
    def test_a_new_record_is_private_with_one_resource(self, purged: list[str]):
        purged.append("planning-land-use-permits")
        made = ensure("planning/land_use_permits")
        assert made["change"] == "created"
        record = dataset("planning/land_use_permits")
        assert record["private"] is True
        assert record["res_code"] == "307015040201/1"
        (resource,) = record["resources"]
        assert resource["format"] == "CSV"
        assert resource["url"].endswith(
            "/dataset/planning-land-use-permits/download/planning-land-use-permits.csv"
        )
        assert resource["info_items"]["permit_number"]["data_type"] == "C"

    def test_what_the_gate_wrote_stays(self):
        before = dataset(ENTITIES)
        act("package_patch", id=before["id"], notes="手工改过")
        assert ensure(ENTITIES)["change"] == "updated"
        after = dataset(ENTITIES)
        assert after["notes"] != "手工改过"
        assert after["private"] is False
        assert after["resources"] == before["resources"]
        assert after["resources"][0]["row_count"] == 1

    def test_a_second_time_nothing_is_written(self):
        before = dataset(CREDIT)
        assert ensure(CREDIT)["change"] == "unchanged"
        assert dataset(CREDIT) == before

    def test_unknown_table(self):
        with pytest.raises(tk.ObjectNotFound):
            ensure("tax/unknown")

    def test_only_the_platform_may(self):
        steward = factories.User()["name"]
        act("organization_member_create", id="swj", username=steward, role="admin")
        for user in ("", steward):
            with pytest.raises(tk.NotAuthorized):
                as_reader("gpo_catalogue_dataset_ensure", user=user, table_ref=CREDIT)


def _is_chained(actions, name):
    return getattr(getattr(actions, name), "chained_action", False)


def test_only_these_actions_are_added():
    from ckanext.gpo.catalogue.logic import action

    own = [name for name in action.__all__ if not _is_chained(action, name)]
    assert set(own) == {
        "gpo_catalogue_domain_list",
        "gpo_catalogue_domain_show",
        "gpo_catalogue_item_list",
        "gpo_catalogue_item_show",
        "gpo_catalogue_chain_list",
        "gpo_catalogue_chain_show",
        "gpo_catalogue_dataset_ensure",
    }


def test_items_are_public_and_searchable():
    found = as_reader("package_search", q="欠税", fq="dataset_type:disclosure-item")
    assert found["count"] == 1
    assert found["results"][0]["name"] == "item-tax-006"
