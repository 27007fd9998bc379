"""What the dossiers of a project and an enterprise tell over the API."""

from __future__ import annotations

import contextlib
import json
from datetime import datetime, timedelta, timezone
from typing import Any

import pytest

import ckan.plugins.toolkit as tk
from ckan import model
from ckan.tests.helpers import call_action

from ckanext.gpo.common import clock
from ckanext.gpo.common.tables import table
from ckanext.gpo.quality.model import Version

from ..conftest import Gate, row
from .conftest import CHAINS, ENTERPRISE, OTHER, PROJECT, hide

PENALTIES = "safety/safety_penalties"
NAME = "常州示例建设有限公司"
PROJECT_CHAIN = CHAINS[CHAINS.index("construction/project_approvals") :]


def show(kind: str, code: str, user: str = "") -> dict[str, Any]:
    action = tk.get_action(f"gpo_explore_{kind}_show")
    return action({"user": user, "ignore_auth": False}, {"code": code})


def totals(dossier: dict[str, Any]) -> dict[str, int]:
    return {station["table_ref"]: station["total"] for station in dossier["stations"]}


def terms(dossier: dict[str, Any]) -> dict[str, str]:
    return {
        term["title"]: term["state"]
        for station in dossier["stations"]
        for entry in station["records"]
        for term in entry["terms"]
    }


def test_a_project_is_told_across_departments(chains: Gate):
    dossier = show("project", PROJECT)

    assert (dossier["name"], dossier["location"]) == (
        "示例路道路改造工程",
        "天宁区示例路1号",
    )
    assert totals(dossier) == dict.fromkeys(PROJECT_CHAIN, 1)
    assert all(station["in_chain"] for station in dossier["stations"])
    (party,) = dossier["parties"]
    assert party["code"] == ENTERPRISE
    assert {role["title_en"] for role in party["roles"]} == {
        "Project owner",
        "Permit holder",
        "Contractor",
        "Winner of the tender",
    }


def test_its_days_are_in_order_and_add_up(chains: Gate):
    line = show("project", PROJECT)["timeline"]

    assert len(line) == len(PROJECT_CHAIN)
    assert [point["date"] for point in line] == sorted(p["date"] for p in line)
    assert line[0]["days"] is None
    assert line[0]["date"] == row("construction/project_approvals")["approval_date"]


def test_terms_are_counted_only_where_a_rule_sets_them(chains: Gate):
    told = terms(show("project", PROJECT))

    assert told["环评审批"] == "kept"
    assert told["竣工验收备案"] == "kept"
    assert told["合同工期"] == "kept"
    # the tables came to the platform long after these decisions
    assert told["许可公开"] == "unjudged"


@pytest.mark.parametrize(
    ("decided", "state"), [(timedelta(0), "kept"), (timedelta(60), "late")]
)
def test_a_row_of_the_second_version_is_in_time_or_late(
    chains: Gate, decided: timedelta, state: str
):
    ref = "construction/construction_permits"
    dataset = call_action("package_show", id=table(ref).dataset_name)
    first = Version.get_published(dataset["id"])
    assert first is not None
    # the table was public long before the decision, and had no such row
    first.published = datetime.now(timezone.utc) - timedelta(200)
    model.Session.commit()
    day = (clock.today() - decided).isoformat()
    number = "320402202607200299"
    later = row(ref, permit_number=number, issue_date=day)
    assert chains.judge(ref, row(ref), later)["state"] == "published"

    station = next(
        s for s in show("project", PROJECT)["stations"] if s["table_ref"] == ref
    )
    told = {
        entry["number"]: term
        for entry in station["records"]
        for term in entry["terms"]
        if not term["agreed"]
    }
    assert told[number]["state"] == state
    assert told[number]["end"] == clock.today().isoformat()
    assert (told[number]["excess"] > 0) == (state == "late")
    # the row of both versions counts from the first
    assert told[row(ref)["permit_number"]]["end"] != clock.today().isoformat()


def test_completion_that_is_not_published_is_no_breach_of_law(chains: Gate):
    hide("construction/completion_acceptances")

    dossier = show("project", PROJECT)
    (permit,) = next(
        station["records"]
        for station in dossier["stations"]
        if station["table_ref"] == "construction/construction_permits"
    )
    term = next(term for term in permit["terms"] if term["agreed"])
    assert (term["due"], term["end"]) == ("2027-03-07", None)
    assert term["state"] in ("running", "overdue")
    assert dossier["stations"][-1]["published"] is False


def test_an_enterprise_is_told_across_departments(chains: Gate):
    dossier = show("enterprise", ENTERPRISE)

    assert dossier["registered"]
    assert dossier["name"] == "常州示例食品有限公司"
    refs = [station["table_ref"] for station in dossier["stations"]]
    assert refs == list(CHAINS[: CHAINS.index("construction/project_approvals")])
    (project,) = dossier["projects"]
    assert project["code"] == PROJECT
    assert dossier["projects_complete"]


@pytest.mark.parametrize(
    ("changes", "total"),
    [
        ({}, 1),
        ({"publicity_end": "2999-12-31"}, 1),
        ({"publicity_end": "2020-01-01"}, 0),
        ({"status": "撤销"}, 0),
        ({"status": "变更"}, 0),
    ],
)
def test_penalties_are_told_while_they_are_to_be_shown(
    chains: Gate, changes: dict[str, str], total: int
):
    future = {"publicity_end": "2999-12-31"}
    version = chains.judge(PENALTIES, row(PENALTIES, **(future | changes)))
    assert version["state"] == "published"

    assert totals(show("enterprise", ENTERPRISE))[PENALTIES] == total


@pytest.mark.parametrize(
    ("changes", "validity"),
    [
        ({}, "valid"),
        ({"valid_until": "2025-01-01"}, "expired"),
        ({"status": "注销"}, "ended"),
    ],
)
def test_a_licence_holds_or_does_not(
    chains: Gate, changes: dict[str, str], validity: str
):
    ref = "food_drug/food_licences"
    version = chains.judge(ref, row(ref, **changes))
    assert version["state"] == "published"

    (licence,) = next(
        station["records"]
        for station in show("enterprise", ENTERPRISE)["stations"]
        if station["table_ref"] == ref
    )
    assert licence["validity"] == validity


def test_who_is_not_registered_is_told_of_by_others(chains: Gate):
    ref = "construction/bid_results"
    version = chains.judge(ref, row(ref, winner_uscc=OTHER, winner_name="示例路桥公司"))
    assert version["state"] == "published"

    dossier = show("enterprise", OTHER)
    assert (dossier["registered"], dossier["name"]) == (False, "示例路桥公司")
    assert [project["code"] for project in dossier["projects"]] == [PROJECT]


@pytest.mark.parametrize("kind", ["project", "enterprise"])
@pytest.mark.parametrize("user", ["", "site"])
def test_no_row_of_a_private_dataset_is_told_or_counted(
    chains: Gate, kind: str, user: str
):
    reader = call_action("get_site_user")["name"] if user else ""
    code = PROJECT if kind == "project" else ENTERPRISE
    for ref in CHAINS:
        hide(ref)
        with contextlib.suppress(tk.ObjectNotFound):  # the last one was hidden
            dossier = show(kind, code, reader)
            number = row(ref)[table(ref).primary_key[0]]
            answer = json.dumps(dossier, ensure_ascii=False, default=str)
            assert number in (ENTERPRISE, PROJECT) or number not in answer, ref
            assert not totals(dossier).get(ref), ref
    with pytest.raises(tk.ObjectNotFound):
        show(kind, code, reader)


@pytest.mark.parametrize(
    "code", ["", "x", "\0", "'", "2017-320402-48-01-599999", OTHER, "9" * 9000]
)
@pytest.mark.parametrize("kind", ["project", "enterprise"])
def test_what_nobody_bears_is_not_there(chains: Gate, kind: str, code: str):
    with pytest.raises((tk.ObjectNotFound, tk.ValidationError)):
        show(kind, code)


def test_many_papers_are_bounded_and_counted(chains: Gate):
    ref = "food_drug/food_inspections"
    papers = [row(ref, inspection_number=f"JC{n:014}") for n in range(10_000)]
    assert chains.judge(ref, *papers)["state"] == "published"

    dossier = show("enterprise", ENTERPRISE)
    station = next(s for s in dossier["stations"] if s["table_ref"] == ref)
    assert (len(station["records"]), station["total"]) == (50, 10_000)


def test_a_domain_names_its_latest_subjects(chains: Gate):
    ask = tk.get_action("gpo_explore_dossier_list")

    answer = ask({"user": ""}, {"domain": "construction"})
    assert [subject["code"] for subject in answer["projects"]] == [PROJECT]
    (enterprise,) = answer["enterprises"]
    assert (enterprise["code"], enterprise["name"]) == (ENTERPRISE, NAME)
    assert ask({"user": ""}, {"domain": "legal"}) == {"projects": [], "enterprises": []}
