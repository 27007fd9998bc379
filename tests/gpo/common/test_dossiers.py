"""Which codes lead to a dossier."""

from __future__ import annotations

from typing import Any

import pytest

from ckanext.gpo.common import dossiers
from ckanext.gpo.common.codes import CHECKS
from ckanext.gpo.common.tables import tables

PROJECT = "2017-320402-48-01-500001"
ENTERPRISE = "91320402MA0000001P"


@pytest.mark.parametrize(
    ("field", "kind"),
    [
        ({"name": "project_code", "gpo:check": "project_code"}, "project"),
        ({"name": "owner_uscc", "gpo:check": "uscc"}, "enterprise"),
        ({"name": "authority_uscc", "gpo:check": "uscc"}, ""),
        ({"name": "division_code", "gpo:check": "division"}, ""),
        ({"name": "uscc"}, ""),
    ],
)
def test_a_field_leads_to_the_dossiers_of_its_codes(field: dict[str, str], kind: str):
    assert dossiers.kind(field) == kind


@pytest.mark.parametrize(
    ("kind", "code"), [("project", PROJECT), ("enterprise", ENTERPRISE)]
)
def test_a_code_is_one(kind: str, code: str):
    assert dossiers.is_code(kind, code)


@pytest.mark.parametrize(
    ("kind", "code"),
    [
        ("project", ENTERPRISE),
        ("enterprise", PROJECT),
        ("enterprise", ENTERPRISE[:-1] + "Q"),
        ("enterprise", ENTERPRISE.lower()),
        ("", PROJECT),
        ("other", PROJECT),
        ("project", None),
        ("project", 2017),
        ("project", ""),
        ("project", f"{PROJECT}\0"),
        ("project", "2017" * 5000),
    ],
)
def test_what_is_no_code_of_the_kind_is_none(kind: str, code: Any):
    assert not dossiers.is_code(kind, code)


def test_the_kinds_are_told_apart_by_checks_that_exist():
    assert set(dossiers.checks()) == {dossiers.PROJECT, dossiers.ENTERPRISE}
    assert set(dossiers.checks().values()) <= set(CHECKS)


def test_a_department_is_no_enterprise():
    columns = {
        (table.ref, field["name"]): dossiers.kind(field)
        for table in tables().values()
        for field in table.fields
    }

    assert columns["food_drug/market_entities", "uscc"] == "enterprise"
    assert not [ref for ref, kind in columns.items() if kind and "authority" in ref[1]]
