"""The nine Data Packages say what the catalogue, the gate and the chains need of them."""

from __future__ import annotations

import re
from collections import Counter
from datetime import date
from graphlib import TopologicalSorter
from typing import Any

import pytest
from frictionless import Field, Package

from ckanext.gpo.common.codes import CHECKS
from ckanext.gpo.common.tables import DOMAINS, Table, read_yaml, table, tables
from ckanext.gpo.intake import Declaration
from ckanext.gpo.search.records.columns import Role

ROLES = {role.value for role in Role}
NAME = re.compile(r"[a-z][a-z0-9_]{0,39}")
DEPARTMENTS = {
    "zrgh",
    "fgj",
    "zjj",
    "czj",
    "swj",
    "sthj",
    "scjg",
    "yjgl",
    "wglj",
    "sfj",
}
DIMENSIONLESS = {"floor_area_ratio"}
PERSONAL = re.compile("姓名|身份证|证件号|手机|法定代表人|负责人|经办人|受援人姓名")

each_domain = pytest.mark.parametrize("domain", DOMAINS)
each_table = pytest.mark.parametrize("ref", tables())


def labels(code_list: str) -> dict[str, dict[str, Any]]:
    """The entries of a code list by their Chinese label."""
    return {e["label"]["zh_Hans_CN"]: e for e in read_yaml("codes.yaml")[code_list]}


def constraints(field: dict[str, Any]) -> dict[str, Any]:
    return field.get("constraints", {})


def by_name(of: Table) -> dict[str, dict[str, Any]]:
    return {field["name"]: field for field in of.fields}


@each_domain
def test_package_is_valid(domain: str):
    descriptor = read_yaml(f"{domain}/datapackage.yaml")
    package = Package.from_descriptor(descriptor)
    assert package.name == domain
    assert len(package.resources) >= 2
    for key in ("title", "title_en", "description", "description_en"):
        assert descriptor[key].strip()


@each_table
def test_table_is_described(ref: str):
    found = table(ref)
    assert NAME.fullmatch(found.name)
    assert found.descriptor["path"] == f"{found.name}.csv"
    for key in ("title", "title_en", "description", "description_en"):
        assert found.descriptor[key].strip()
    assert 5 <= len(found.fields) <= 16


def test_titles_and_dataset_names_are_unique():
    assert len(tables()) == 30
    for attribute in ("title", "dataset_name"):
        assert len({getattr(t, attribute) for t in tables().values()}) == 30


@each_table
def test_what_is_declared_of_files_can_be_read(ref: str):
    declaration = Declaration.from_descriptor(table(ref).schema.get("gpo:intake", {}))

    fields = {field["name"] for field in table(ref).fields}
    assert declaration.columns.keys() | declaration.codes.keys() <= fields


@each_table
def test_fields_are_described(ref: str):
    fields = table(ref).fields
    for key in ("name", "title", "title_en"):
        counts = Counter(field[key] for field in fields)
        assert max(counts.values()) == 1, counts.most_common(1)
    for field in fields:
        assert NAME.fullmatch(field["name"])
        assert not PERSONAL.search(field["title"])
        assert field.get("gpo:check", "uscc") in CHECKS
        assert field.get("gpo:search", False) in (False, *ROLES)
        if (
            field["type"] in ("number", "integer")
            and field["name"] not in DIMENSIONLESS
        ):
            assert field["unit"]


@each_table
def test_enumerations_are_unique_texts(ref: str):
    for field in table(ref).fields:
        values = constraints(field).get("enum", ["-"])
        assert all(isinstance(value, str) for value in values)
        assert len(values) == len(set(values))


@each_table
def test_examples_obey_their_own_rules(ref: str):
    for descriptor in table(ref).fields:
        field = Field.from_descriptor(descriptor)
        text = str(descriptor["example"])
        cell, notes = field.read_cell(text)
        assert cell is not None
        assert not notes
        if check := descriptor.get("gpo:check"):
            assert CHECKS[check](text) is None
        pattern = constraints(descriptor).get("pattern", ".*")
        if not pattern.endswith(".*"):
            # The whole cell has to match: an alternation without parentheses would not.
            assert field.read_cell(f"{text}x")[1]
            assert field.read_cell(f"x{text}")[1]


@each_table
def test_primary_key_is_required_and_not_checked_twice(ref: str):
    found = table(ref)
    assert found.primary_key
    for name in found.primary_key:
        rules = constraints(by_name(found)[name])
        assert rules["required"] is True
        assert "unique" not in rules


@each_table
def test_foreign_keys_point_to_keys_of_the_same_type(ref: str):
    found = table(ref)
    for key in found.foreign_keys:
        target = table(key.table_ref)
        assert key.reference_fields == target.primary_key
        for name, target_name in zip(key.fields, key.reference_fields, strict=True):
            mine, theirs = by_name(found)[name], by_name(target)[target_name]
            assert mine["type"] == theirs["type"]
            assert constraints(mine)["pattern"] == constraints(theirs)["pattern"]
            assert mine.get("gpo:check") == theirs.get("gpo:check")


def test_tables_can_be_published_in_an_order_that_keeps_every_foreign_key():
    graph = {r: {k.table_ref for k in t.foreign_keys} for r, t in tables().items()}
    assert len(list(TopologicalSorter(graph).static_order())) == 30


@each_table
def test_catalogue_metadata(ref: str):
    gpo = table(ref).gpo
    assert gpo["organization"] in DEPARTMENTS
    assert date.fromisoformat(gpo["issued"]).year == 2026
    assert gpo["update_freq"] in labels("update_freq")
    assert gpo["license_id"] in ("cc-by", "other-at")
    assert gpo["tags"]
    assert all(isinstance(tag, str) and 2 <= len(tag) <= 100 for tag in gpo["tags"])
    assert gpo["data_kind"] in ("sample", "real")
    if gpo["data_kind"] == "real":
        assert "来源：" in gpo["provenance"]


@each_table
def test_resource_code_is_classification_and_serial(ref: str):
    # 发改高技〔2017〕1272号, item 3: 类 1, 项 2, 目 3 digits, 细目 of any length
    gpo = table(ref).gpo
    assert gpo["cat_lei"] in {e["value"] for e in read_yaml("codes.yaml")["cat_lei"]}
    assert re.fullmatch(r"\d{2}", gpo["cat_xiang"])
    assert re.fullmatch(r"\d{3}", gpo["cat_mu"])
    levels = ("cat_lei", "cat_xiang", "cat_mu", "cat_ximu")
    classification, serial = gpo["res_code"].split("/")
    assert classification == "".join(gpo[level] for level in levels)
    assert serial.isdecimal()


def test_resource_codes_are_unique_and_related_ones_exist():
    code_of = {ref: t.gpo["res_code"] for ref, t in tables().items()}
    assert len(set(code_of.values())) == len(code_of)
    for found in tables().values():
        related = set(found.gpo["related_codes"])
        assert related <= set(code_of.values())
        assert {code_of[k.table_ref] for k in found.foreign_keys} <= related


@each_table
def test_format_and_sharing_fit_together(ref: str):
    # 1272号, items 7, 9, 10: linked lists; files are shared as files
    gpo = table(ref).gpo
    fmt = labels("fmt_class")[gpo["fmt_class"]]
    assert labels("fmt_type")[gpo["fmt_type"]]["value"] in fmt["types"]
    assert gpo["share_type"] in labels("share_type")
    mode = labels("share_mode_type")[gpo["share_mode_type"]]
    assert mode["value"] in labels("share_mode_class")[gpo["share_mode_class"]]["types"]
    assert fmt["storage"] in mode["storages"]
    opening = labels("open_type")[gpo["open_type"]]["value"]
    assert opening in labels("is_open")[gpo["is_open"]]["types"]


@pytest.mark.parametrize("chain", read_yaml("chains.yaml"), ids=lambda c: c["name"])
def test_every_station_of_a_chain_leads_to_its_root(chain: dict[str, Any]):
    for key in ("title", "title_en", "description", "description_en"):
        assert chain[key].strip()
    refs = [station["table"] for station in chain["stations"]]
    assert len(refs) == len(set(refs))
    assert chain["root"] in refs
    assert table(chain["root"]).primary_key == (chain["key"],)
    for station in chain["stations"]:
        found = table(station["table"])
        assert station["number"] in by_name(found)
        assert by_name(found)[station["date"]]["type"] == "date"
        leads = {(k.fields, k.table_ref) for k in found.foreign_keys}
        assert found.ref == chain["root"] or ((chain["key"],), chain["root"]) in leads


def test_chains_cross_domains():
    chains = {chain["name"]: chain for chain in read_yaml("chains.yaml")}
    assert set(chains) == {"project", "enterprise"}
    for chain in chains.values():
        domains = {station["table"].split("/")[0] for station in chain["stations"]}
        assert len(domains) >= 4


@pytest.mark.parametrize(
    ("title", "allowed"),
    [
        ("国家税务总局示例市税务局稽查局依法查处一起虚开发票案件", True),
        ("国家税务总局示例市税务局稽查局依法查处示例食品有限公司偷税案件", True),
        ("国家税务总局示例市税务局稽查局依法查处网络主播某某偷税案件", False),
        ("税警联合依法查处示例有限公司及其实际控制人某某虚开发票案件", False),
        ("国家税务总局示例市税务局稽查局依法查处某某拆分收入偷税案件", False),
    ],
)
def test_case_notices_that_may_name_a_person_are_refused(title: str, allowed: bool):
    descriptor = by_name(table("tax/tax_case_notices"))["title"]
    _, notes = Field.from_descriptor(descriptor).read_cell(title)
    assert (not notes) == allowed
