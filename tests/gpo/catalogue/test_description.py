"""From a Data Package to a dataset's record, from an item's YAML to its record."""

from __future__ import annotations

import re

import pytest

from ckan.logic.validators import tag_name_validator

from ckanext.gpo.catalogue import codes, description, item, reference
from ckanext.gpo.common.errors import GpoError
from ckanext.gpo.common.tables import DOMAINS, table, tables


def test_words_become_values():
    record = description.dataset(table("tax/a_credit_taxpayers"))
    assert record["name"] == "tax-a-credit-taxpayers"
    assert record["share_type"] == "0"
    assert record["update_freq"] == "yearly"
    assert record["is_open"] == "yes"
    assert record["groups"] == [{"name": "tax"}]
    assert record["provider_code"] == reference.department("swj")["uscc"]


@pytest.mark.parametrize("ref", tables())
def test_every_table_has_a_whole_record(ref):
    record = description.dataset(table(ref))
    for field in ("title", "notes", "res_code", "issued", "fmt_type", "open_type"):
        assert record[field], field
    for tag in record["tags"]:
        tag_name_validator(tag["name"], {})
    assert record["data_kind"] != "real" or record["provenance"]


def test_resource_codes_are_unique_and_carry_their_classification():
    records = [description.dataset(t) for t in tables().values()]
    assert len({r["res_code"] for r in records}) == len(records)
    for r in records:
        prefix = r["cat_lei"] + r["cat_xiang"] + r["cat_mu"] + r["cat_ximu"]
        assert re.fullmatch(rf"{prefix}/\d+", r["res_code"])


def test_information_items_tell_name_type_and_length():
    items = description.information_items(table("tax/a_credit_taxpayers"))
    assert items["year"]["data_type"] == "I"
    assert items["published_date"] == {
        "title": "公布日期",
        "data_type": "D",
        "length": 10,
    }
    assert items["taxpayer_name"]["length"] == 120


def test_an_unknown_word_is_named():
    with pytest.raises(GpoError) as caught:
        codes.code_value("update_freq", "隔日")
    assert caught.value.code == "code-unknown"
    assert "隔日" in str(caught.value)


def test_an_item_is_named_by_domain_and_number():
    record = item.record("food_drug", reference.items("food_drug")[0])
    assert record["name"] == "item-food-drug-001"
    assert record["item_code"] == "320402-06-001"
    assert record["title"] == "行政审批 / 食品生产经营许可服务指南"


@pytest.mark.parametrize("domain", DOMAINS)
def test_items_are_numbered_in_a_row(domain):
    items = reference.items(domain)
    assert [i["seq"] for i in items] == list(range(1, len(items) + 1))


def test_a_row_joins_the_channels():
    stored = {"id": "", **item.record("tax", reference.items("tax")[3])}
    row = item.row(stored)
    assert row["channels"][0] == {
        "code": "C01",
        "label": {"zh_Hans_CN": "政府网站", "en": "Government website"},
        "required": True,
    }
    assert [c["required"] for c in row["channels"]] == [True, False, False]
    assert row["table_refs"] == ["tax/a_credit_taxpayers"]
