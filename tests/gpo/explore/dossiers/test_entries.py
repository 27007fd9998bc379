"""Who takes part, what holds, and what the data of dossiers names."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from ckanext.gpo.common.tables import read_yaml, table
from ckanext.gpo.explore.dossiers import entries, reference

TODAY = date(2026, 11, 27)
LICENCES = "food_drug/food_licences"
PERMITS = "construction/construction_permits"
BIDS = "construction/bid_results"
A, B = "91320402MA0000001P", "91320402MA0000002T"


@pytest.mark.parametrize(
    ("status", "until", "expected"),
    [
        ("有效", "2026-11-27", "valid"),
        ("有效", "2026-11-26", "expired"),
        ("有效", None, "valid"),
        ("注销", "2029-01-01", "ended"),
        (None, "2029-01-01", "ended"),
    ],
)
def test_a_licence_holds_through_its_last_day(
    status: str | None, until: str | None, expected: str
):
    record = {"status": status, "valid_until": until}
    form = reference.row_format(LICENCES)
    assert entries.validity(form, record, TODAY) == expected


def test_parties_are_told_once_with_all_their_roles():
    permit = {"owner_uscc": A, "owner_name": "甲", "contractor_uscc": B}
    bid = {"winner_uscc": B, "winner_name": "乙"}

    first, second = entries.parties([(PERMITS, permit), (BIDS, bid), (BIDS, bid)])
    assert (first["code"], first["name"]) == (A, "甲")
    assert (second["code"], second["name"]) == (B, "乙")
    assert [role["title"] for role in second["roles"]] == ["施工单位", "中标人"]


def test_projects_are_those_of_the_enterprise_the_latest_first():
    def permit(project: str, day: str, **parties: str) -> tuple[str, dict[str, Any]]:
        return PERMITS, {"project_code": project, "issue_date": day, **parties}

    rows = [
        permit("P1", "2026-01-01", owner_uscc=A),
        permit("P2", "2026-05-01", contractor_uscc=A, owner_uscc=B),
        permit("P1", "2026-03-01", owner_uscc=A),
    ]
    first, second = entries.projects(rows, A)

    assert (first["code"], first["date"]) == ("P2", "2026-05-01")
    assert [role["title_en"] for role in first["roles"]] == ["Contractor"]
    assert (second["code"], second["date"]) == ("P1", "2026-03-01")


@pytest.mark.parametrize("ref", read_yaml("dossiers.yaml")["tables"])
def test_a_row_is_written_with_columns_that_are_there(ref: str):
    form = reference.row_format(ref)
    columns = {field["name"] for field in table(ref).fields}

    named = {form.name, form.number, form.date, form.location, form.status}
    named |= {form.expires, form.only_until, *form.facts, *form.only}
    assert named - {""} <= columns
    statuses = {f["name"]: f.get("constraints", {}) for f in table(ref).fields}
    for value in form.valid:
        assert value in statuses[form.status]["enum"]
    for column, value in form.only.items():
        assert value in statuses[column]["enum"]


def test_a_table_that_nobody_described_can_be_written_all_the_same():
    form = reference.row_format("culture/culture_venues")
    record = dict.fromkeys(form.table.primary_key, "x")

    assert entries.entry(form, record, TODAY)["number"] == "x"


def test_no_role_is_that_of_a_department():
    columns = reference.columns("enterprise")
    assert not [n for names in columns.values() for n in names if "authority" in n]
