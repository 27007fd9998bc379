"""A version that lost most rows is held; who means it says so."""

from __future__ import annotations

from typing import Any

import pytest

from tests.snapshot import Snapshots

from ..conftest import VENUES, Gate
from .conftest import People
from .test_override import REASON
from .versions import restore, venue


@pytest.fixture
def halved(people: People, gate: Gate, snapshots: Snapshots) -> list[dict[str, Any]]:
    """Version 1 of 30 rows, public; version 2 of its first 10, as judged."""

    def judge() -> list[dict[str, Any]]:
        venues = [venue(number) for number in range(1, 31)]
        return [gate.judge(VENUES, *venues), gate.judge(VENUES, *venues[:10])]

    return snapshots.prepare("halved", judge, on="people")


def test_the_larger_version_stays_public(halved: list[dict[str, Any]], gate: Gate):
    _, second = halved
    assert second["state"] == "rejected"
    (error,) = second["report"]["errors"]
    assert error["rule"] == "rows-dropped"
    assert error["facts"] == {"rows": 10, "published": 30}
    assert len(gate.rows(VENUES)) == 30


def test_who_means_it_publishes_it(
    halved: list[dict[str, Any]], people: People, gate: Gate
):
    status, _ = people.ask(
        "sysadmin",
        "gpo_quality_version_override",
        id=halved[1]["id"],
        reason=REASON,
    )
    gate.decide()

    assert (status, len(gate.rows(VENUES))) == (200, 10)


def test_what_is_restored_is_meant(
    halved: list[dict[str, Any]], people: People, gate: Gate
):
    people.ask(
        "sysadmin", "gpo_quality_version_override", id=halved[1]["id"], reason=REASON
    )
    gate.decide()
    grown = gate.judge(VENUES, *[venue(number) for number in range(1, 31)])
    assert grown["state"] == "published"

    restore(halved[1])
    gate.decide()
    assert len(gate.rows(VENUES)) == 10
