"""The catalogue's YAML is complete, consistent and readable in both languages."""

from __future__ import annotations

from collections.abc import Iterator
from importlib import resources
from typing import Any

import pytest
import yaml
from stdnum.cn import uscc

import ckan.plugins.toolkit as tk

from ckanext.gpo.common.tables import DOMAINS, tables

HERE = resources.files("gpo_schemas")
FORMS = (
    "dataset.yaml",
    "disclosure_item.yaml",
    "app.yaml",
    "organization.yaml",
    "domain.yaml",
)
LANGUAGES = {"en", "zh_Hans_CN"}
CODES = yaml.safe_load(HERE.joinpath("codes.yaml").read_text("utf-8"))
PRESETS = {
    preset["preset_name"]: preset["values"]
    for preset in yaml.safe_load(HERE.joinpath("presets.yaml").read_text("utf-8"))[
        "presets"
    ]
}


def read(path: str) -> Any:
    return yaml.safe_load(HERE.joinpath(path).read_text("utf-8"))


def fields(form: dict[str, Any]) -> Iterator[dict[str, Any]]:
    for part in ("dataset_fields", "resource_fields", "fields"):
        for field in form.get(part, []):
            yield field
            yield from field.get("repeating_subfields", [])


EVERY_FIELD = [(name, field) for name in FORMS for field in fields(read(name))]
IDS = [f"{name}:{field['field_name']}" for name, field in EVERY_FIELD]


def yaml_files() -> list[str]:
    folders = ["", *(f"{domain}/" for domain in DOMAINS)]
    return [
        f"{folder}{entry.name}"
        for folder in folders
        for entry in HERE.joinpath(folder).iterdir()
        if entry.name.endswith(".yaml")
    ]


@pytest.mark.parametrize("path", yaml_files())
def test_every_file_loads(path: str):
    assert read(path)


@pytest.mark.parametrize(("form", "field"), EVERY_FIELD, ids=IDS)
def test_label_and_help_in_both_languages(form: str, field: dict[str, Any]):
    for key in ("label", "help_text"):
        assert set(field[key]) == LANGUAGES, key
        assert all(
            isinstance(text, str) and text.strip() for text in field[key].values()
        )
    assert field["label"]["en"] != field["label"]["zh_Hans_CN"]


@pytest.mark.parametrize(("form", "field"), EVERY_FIELD, ids=IDS)
def test_presets_and_code_lists_exist(form: str, field: dict[str, Any]):
    preset = field.get("preset", "")
    assert not preset.startswith("gpo_") or preset in PRESETS
    if preset in ("gpo_code", "gpo_codes"):
        assert field["codes"] in {*CODES, "department"}


@pytest.mark.usefixtures("with_plugins")
def test_every_validator_exists():
    named = {
        validator.partition("(")[0]
        for key in ("validators", "output_validators")
        for field in [*(f for _, f in EVERY_FIELD), *PRESETS.values()]
        for validator in field.get(key, "").split()
    }
    named |= {
        validator
        for form in FORMS
        for key in ("before_validators", "after_validators")
        for validator in read(form).get(key, "").split()
    }
    for name in sorted(named):
        assert tk.get_validator(name), name


def test_all_thirteen_items_of_1272_are_there():
    found = {
        field["standard"]
        for field in fields(read("dataset.yaml"))
        if "standard" in field
    }
    assert found == set(range(1, 14))


def test_required_items_are_required():
    by_name = {f["field_name"]: f for f in read("dataset.yaml")["dataset_fields"]}
    for name in (
        "cat_lei",
        "cat_xiang",
        "title",
        "owner_org",
        "notes",
        "fmt_class",
        "fmt_type",
        "share_type",
        "is_open",
        "open_type",
        "update_freq",
        "issued",
    ):
        assert by_name[name]["required"], name
    for name in ("cat_mu", "cat_ximu", "related_codes"):
        assert not by_name[name].get("required"), name


@pytest.mark.parametrize(
    ("name", "labels"),
    [
        ("share_type", ["无条件共享", "有条件共享", "不予共享"]),
        ("share_mode_class", ["共享平台方式", "邮件或介质"]),
        ("share_mode_type", ["数据库", "接口", "文件", "无"]),
        ("is_open", ["是", "否"]),
        ("open_type", ["无条件开放", "有条件开放", "不予开放"]),
        (
            "update_freq",
            ["实时", "每日", "每周", "每月", "每季度", "每半年", "每年", "其他"],
        ),
        (
            "fmt_class",
            ["电子文件", "电子表格", "数据库", "图形图像", "流媒体", "自描述格式"],
        ),
        (
            "data_type",
            [
                "字符串型",
                "数值型",
                "货币型",
                "日期型",
                "日期时间型",
                "逻辑型",
                "备注型",
                "通用型",
                "双精度型",
                "整型",
                "浮点型",
            ],
        ),
        ("basis_type", ["法律", "行政法规", "规章", "规范性文件"]),
        ("audience", ["全社会", "特定群体"]),
        ("mode", ["主动", "依申请"]),
        ("level", ["县级", "乡级"]),
    ],
)
def test_enumerations_are_as_the_standard_gives_them(name: str, labels: list[str]):
    assert [entry["label"]["zh_Hans_CN"] for entry in CODES[name]] == labels


def test_codes_are_unique_and_labelled():
    for name, entries in CODES.items():
        values = [entry["value"] for entry in entries]
        assert len(set(values)) == len(values), name
        assert all(isinstance(value, str) for value in values), name
        for entry in entries:
            assert set(entry["label"]) == LANGUAGES, (name, entry["value"])


def test_channels_and_time_limits_are_complete():
    channels = {entry["value"] for entry in CODES["channel"]}
    assert channels >= {*(f"C{n:02}" for n in range(1, 13)), "C99"}
    limits = [entry["value"] for entry in CODES["time_limit"]]
    assert limits == ["WD20", "WD7", "D20", "N30", "RT", "TL", "REQ20", "PER", "PERM"]
    for entry in CODES["time_limit"]:
        assert ("days" in entry) == ("unit" in entry)
        assert entry.get("unit", "working") in ("working", "calendar")


def test_linked_lists_only_name_what_exists():
    for name, linked, key in (
        ("fmt_class", "fmt_type", "types"),
        ("share_mode_class", "share_mode_type", "types"),
        ("is_open", "open_type", "types"),
    ):
        known = {entry["value"] for entry in CODES[linked]}
        used = {value for entry in CODES[name] for value in entry[key]}
        assert used == known, name


def test_departments_have_a_valid_code_that_is_labelled():
    departments = read("departments.yaml")
    for department in departments:
        assert uscc.is_valid(department["uscc"]), department["name"]
        assert department["uscc_kind"] == "sample"
    assert len({d["uscc"] for d in departments}) == len(departments)
    assert {t.gpo["organization"] for t in tables().values()} <= {
        d["name"] for d in departments
    }


def test_domains_are_the_nine_in_order():
    assert [d["name"] for d in read("domains.yaml")["domains"]] == list(DOMAINS)


def test_every_table_fulfils_an_item():
    fulfilling = {
        ref
        for domain in DOMAINS
        for item in read(f"{domain}/disclosure_items.yaml")["items"]
        for ref in item.get("tables", [])
    }
    assert fulfilling == set(tables())


@pytest.mark.parametrize("domain", DOMAINS)
def test_a_domain_has_items_with_and_without_data(domain: str):
    items = read(f"{domain}/disclosure_items.yaml")["items"]
    assert len(items) >= 3
    assert any(not item.get("tables") for item in items)


@pytest.mark.parametrize("domain", DOMAINS)
def test_items_have_every_column_of_the_standard_catalogue(domain: str):
    known = {f["field_name"] for f in read("disclosure_item.yaml")["dataset_fields"]}
    departments = {d["name"] for d in read("departments.yaml")}
    for item in read(f"{domain}/disclosure_items.yaml")["items"]:
        assert set(item) - {"tables"} <= known, item["seq"]
        for column in (
            "item_l1",
            "item_l2",
            "content_elements",
            "legal_basis",
            "time_limit",
            "time_limit_text",
            "publishers",
            "channels_required",
            "audience",
            "mode",
            "level",
            "source",
            "title_en",
        ):
            assert item[column], (item["seq"], column)
        assert set(item["publishers"]) <= departments
