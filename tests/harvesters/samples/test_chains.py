"""The two data chains: complete for the showcases, in causal order for all."""

from __future__ import annotations

from typing import Any

import pytest

from ckanext.gpo.common.tables import read_yaml

from gpo_samples.entities import SHOWCASE, core
from gpo_samples.primitives import TODAY
from gpo_samples.projects import SHOWCASE_CODE, projects

from .conftest import Harvested

ORDER = (
    "opinion",
    "approval",
    "land",
    "planning",
    "eia",
    "opening",
    "bid",
    "construction",
    "supervision",
    "start",
    "acceptance",
    "completion",
)


def chain(name: str) -> dict[str, Any]:
    return next(chain for chain in read_yaml("chains.yaml") if chain["name"] == name)


@pytest.mark.parametrize(
    ("name", "key"),
    [("project", SHOWCASE_CODE), ("enterprise", core()[SHOWCASE].uscc)],
)
def test_showcase_stands_at_every_station(
    name: str, key: str, harvested: dict[str, Harvested]
) -> None:
    found = chain(name)
    for station in found["stations"]:
        rows = harvested[station["table"]].where(**{found["key"]: key})
        assert rows, station["table"]
        assert all(row[station["date"]] for row in rows)


def test_showcase_project_passes_its_stations_in_order(
    harvested: dict[str, Harvested],
) -> None:
    first_days = [
        min(
            row[station["date"]]
            for row in harvested[station["table"]].where(project_code=SHOWCASE_CODE)
        )
        for station in chain("project")["stations"]
    ]
    assert first_days == sorted(first_days)


def test_every_project_passes_its_stations_in_order() -> None:
    for project in projects():
        days = [project.dates[name] for name in ORDER if name in project.dates]
        assert days == sorted(days), project.code
        assert days[-1] <= TODAY


def test_many_projects_go_the_whole_way() -> None:
    done = [project for project in projects() if "completion" in project.dates]
    assert len(done) > len(projects()) / 2


def test_document_numbers_follow_the_dates(harvested: dict[str, Harvested]) -> None:
    permits = harvested["construction/construction_permits"]
    for number, day in permits.keys(("permit_number", "issue_date")):
        assert number[6:14] == day.replace("-", "")


def test_those_whom_a_permit_names_are_registered(
    harvested: dict[str, Harvested],
) -> None:
    known = set(harvested["food_drug/market_entities"].column("uscc"))
    permits = harvested["construction/construction_permits"]
    assert set(permits.column("owner_uscc")) <= known
    assert set(permits.column("contractor_uscc")) <= known
    assert set(harvested["construction/bid_results"].column("winner_uscc")) <= known


def test_nobody_is_punished_or_licensed_before_being_founded(
    harvested: dict[str, Harvested],
) -> None:
    register = harvested["food_drug/market_entities"]
    founded = dict(register.keys(("uscc", "established_date")))
    for ref, date in (
        ("food_drug/food_licences", "issue_date"),
        ("environment/environmental_penalties", "decision_date"),
        ("safety/safety_penalties", "decision_date"),
        ("tax/a_credit_taxpayers", "published_date"),
        ("tax/tax_arrears", "notice_date"),
    ):
        for code, day in harvested[ref].keys(("uscc", date)):
            assert founded[code] < day, ref
