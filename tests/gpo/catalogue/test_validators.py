"""The metadata schema of datasets, as CKAN enforces it."""

from __future__ import annotations

from typing import Any

import pytest

import ckan.plugins.toolkit as tk
from ckan.tests import factories
from ckan.tests.helpers import call_action

from ckanext.gpo.catalogue import description, item, reference
from ckanext.gpo.common.tables import table

from .conftest import CREDIT, act, dataset

pytestmark = pytest.mark.usefixtures("catalogue")

REF = "tax/tax_arrears"


@pytest.fixture
def record(purged: list[str]) -> dict[str, Any]:
    """A whole record that no rule refuses: a document without a table."""
    purged.append("tax-guide")
    whole = description.dataset(table(REF)) | {
        "name": "tax-guide",
        "title": "办税指南",
        "owner_org": "swj",
        "fmt_class": "01",
        "fmt_type": "pdf",
        "share_mode_type": "file",
        "res_code": "307015040205/7",
    }
    del whole["table_ref"]
    return whole


def passed_wrongly(
    good: dict[str, Any], refused: list[tuple[dict[str, Any], str]]
) -> list[tuple[dict[str, Any], str]]:
    """Which of these changes CKAN does not refuse at their field."""
    return [case for case in refused if case[1] not in _errors(good | case[0])]


def _errors(record: dict[str, Any]) -> dict[str, Any]:
    try:
        made = act("package_create", **record)
    except tk.ValidationError as err:
        return err.error_dict
    act("dataset_purge", id=made["id"])
    return {}


REFUSED: list[tuple[dict[str, Any], str]] = [
    ({"title": ""}, "title"),
    ({"title": "纳税服务系统"}, "title"),
    ({"notes": ""}, "notes"),
    ({"owner_org": None}, "owner_org"),
    ({"cat_lei": ""}, "cat_lei"),
    ({"cat_lei": "4"}, "cat_lei"),
    ({"cat_xiang": "7"}, "cat_xiang"),
    ({"cat_mu": "0"}, "cat_mu"),
    ({"res_code": "307015040205/0"}, "res_code"),
    ({"res_code": "307015040206/1"}, "res_code"),
    ({"provider_code": "113204020000000513"}, "provider_code"),
    ({"provider_code": "11320402000000019N"}, "provider_code"),  # another's
    ({"fmt_class": ""}, "fmt_class"),
    ({"fmt_type": "xlsx"}, "fmt_type"),
    ({"fmt_class": "02", "fmt_type": "xlsx"}, "table_ref"),
    (
        {"fmt_class": "03", "fmt_type": "mysql", "share_mode_type": "api"},
        "table_ref",
    ),
    ({"share_type": ""}, "share_type"),
    ({"share_type": "1", "share_condition": ""}, "share_condition"),
    ({"share_type": "2", "share_condition": ""}, "share_condition"),
    ({"share_mode_class": ""}, "share_mode_class"),
    ({"share_mode_type": "api"}, "share_mode_type"),
    ({"share_mode_class": "mail"}, "share_mode_type"),
    ({"is_open": ""}, "is_open"),
    ({"is_open": "no"}, "open_type"),
    ({"open_type": "none"}, "open_type"),
    ({"open_type": "conditional", "open_condition": ""}, "open_condition"),
    ({"update_freq": "每日"}, "update_freq"),
    ({"issued": ""}, "issued"),
    ({"issued": "2026-13-01"}, "issued"),
    ({"related_codes": ["第三号"]}, "related_codes"),
    ({"data_kind": "real", "provenance": ""}, "provenance"),
    ({"division_code": "3204"}, "division_code"),
    ({"contact_email": "someone"}, "contact_email"),
    ({"table_ref": "tax/unknown"}, "table_ref"),
    ({"table_ref": REF}, "table_ref"),  # its dataset has another name
]
"""Changes to a good record, and the field at which the form says so."""


def test_refused(record: dict[str, Any]):
    assert passed_wrongly(record, REFUSED) == []


ACCEPTED: list[dict[str, Any]] = [
    {},
    {"cat_mu": "", "cat_ximu": "", "res_code": "307/1"},
    {
        "share_type": "2",
        "share_condition": "保守国家秘密法第九条",
        "share_mode_class": "",
        "share_mode_type": "",
    },
    {"share_mode_class": "mail", "share_mode_type": "none"},
    {"is_open": "no", "open_type": "none", "open_condition": ""},
    {"open_type": "conditional", "open_condition": "实名申请"},
    {"related_codes": []},
]


def test_accepted(record: dict[str, Any]):
    for changes in ACCEPTED:
        made = act("package_create", **(record | changes))
        assert made["private"] is True
        act("dataset_purge", id=made["id"])


def test_code_is_numbered_and_provider_known_when_left_empty(record: dict[str, Any]):
    del record["res_code"], record["provider_code"]
    made = act("package_create", **record)
    assert made["res_code"] == "307015040205/4"
    assert made["provider_code"] == reference.department("swj")["uscc"]
    again = act("package_patch", id=made["id"], notes="改")
    assert again["res_code"] == made["res_code"]
    whole = dict(again, notes="再改")
    del whole["res_code"]
    assert act("package_update", **whole)["res_code"] == made["res_code"]


def test_what_must_be_unique(record: dict[str, Any]):
    taken: list[tuple[dict[str, Any], str]] = [
        ({"res_code": "307015040205/1"}, "res_code"),
        ({"title": "A级 纳税人名单!"}, "title"),
    ]
    assert passed_wrongly(record, taken) == []


class TestSystemFields:
    @pytest.fixture
    def steward(self) -> dict[str, Any]:
        user = factories.User()
        act("organization_member_create", id="swj", username=user["name"], role="admin")
        return {"user": user["name"], "ignore_auth": False}

    def test_a_form_without_them_leaves_them(self, steward: dict[str, Any]):
        before = dataset(REF)
        sent = {k: v for k, v in before.items() if k != "table_ref"}
        sent["resources"] = [
            {k: v for k, v in before["resources"][0].items() if k != "info_items"}
            | {"description": "补充说明"}
        ]
        call_action("package_update", steward, **sent)
        after = dataset(REF)
        assert after["table_ref"] == REF
        assert (
            after["resources"][0]["info_items"] == before["resources"][0]["info_items"]
        )
        assert after["resources"][0]["description"] == "补充说明"

    def test_a_steward_cannot_write_them(self, steward: dict[str, Any]):
        resource = dataset(REF)["resources"][0]
        files = {"csv": {"url": "http://a.example"}}
        for field, value in (
            ("row_count", 99),
            ("downloads", files),
            ("info_items", files),
        ):
            with pytest.raises(tk.ValidationError):
                call_action(
                    "resource_patch", steward, id=resource["id"], **{field: value}
                )

    def test_a_steward_cannot_move_the_dataset_to_another_table(
        self, steward: dict[str, Any]
    ):
        with pytest.raises(tk.ValidationError):
            call_action(
                "package_patch",
                steward,
                id=dataset(REF)["id"],
                table_ref=CREDIT,
            )

    def test_sending_back_what_was_shown_changes_nothing(self, steward: dict[str, Any]):
        before = dataset(REF)
        call_action("package_update", steward, **dataset(REF))
        assert dataset(REF) == before


class TestDisclosureItem:
    @pytest.fixture
    def written(self, purged: list[str]) -> dict[str, Any]:
        purged.append("item-tax-099")
        written = reference.items("tax")[3] | {"seq": 99}
        return item.record("tax", written) | {"owner_org": "swj"}

    def test_refused(self, written: dict[str, Any]):
        refused: list[tuple[dict[str, Any], str]] = [
            ({"legal_basis": []}, "legal_basis"),
            ({"legal_basis": [{"kind": "law"}]}, "legal_basis"),
            ({"content_elements": []}, "content_elements"),
            ({"time_limit": "WD21"}, "time_limit"),
            ({"time_limit": "PER"}, "time_limit_period"),
            ({"audience": "group"}, "audience_note"),
            ({"channels_required": []}, "channels_required"),
            ({"channels_required": ["C01", "C13"]}, "channels_required"),
            ({"channels_optional": ["C01"]}, "channels_required"),
            ({"channels_optional": ["C99"]}, "channels_required"),
            ({"publishers": ["nobody"]}, "publishers"),
            ({"level": []}, "level"),
            ({"mode": ""}, "mode"),
            ({"seq": 0}, "seq"),
            ({"table_refs": ["tax/unknown"]}, "table_refs"),
        ]
        assert passed_wrongly(written, refused) == []

    def test_accepted_with_other_channel_spelt_out(self, written: dict[str, Any]):
        made = act(
            "package_create",
            **(written | {"channels_optional": ["C99"], "channel_note": "村广播"}),
        )
        assert made["seq"] == 99
        assert made["channels_optional"] == ["C99"]
