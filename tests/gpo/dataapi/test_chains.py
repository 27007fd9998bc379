"""Records that foreign keys relate to one, both ways."""

from __future__ import annotations

from typing import Any

import pytest

import ckan.plugins.toolkit as tk
from ckan.tests.helpers import call_action

from ckanext.gpo.common.tables import table

from tests.snapshot import Snapshots

from ..conftest import ACTIVITIES, VENUES, Gate, row

VENUE, ACTIVITY = table(VENUES), table(ACTIVITIES)
CODES = ("WH3204020010", "WH3204020011")
KEY = {"venue_code": CODES[0]}


@pytest.fixture
def published(gate: Gate, snapshots: Snapshots) -> Gate:
    """Two venues; at the first there are three activities, at the second none."""

    def publish() -> None:
        venues = [row(VENUES, venue_code=code) for code in CODES]
        assert gate.judge(VENUES, *venues)["state"] == "published"
        (name,) = ACTIVITY.primary_key
        code = row(ACTIVITIES)[name]
        activities = [
            row(ACTIVITIES, **{name: code[:-1] + digit, "venue_code": CODES[0]})
            for digit in "123"
        ]
        assert gate.judge(ACTIVITIES, *activities)["state"] == "published"

    snapshots.prepare("linked records", publish, on="gate")
    return gate


def chain(**parameters: Any) -> Any:
    question = {"dataset": VENUE.dataset_name, "key": KEY, **parameters}
    return call_action("gpo_dataapi_chain_show", **question)


def test_those_that_refer_to_a_record(published: Gate):
    answer = chain(depth=1)
    venue, *activities = answer["nodes"]
    assert (venue["key"], venue["depth"]) == (KEY, 0)
    assert [n["dataset"] for n in activities] == [ACTIVITY.dataset_name] * 3
    assert {n["depth"] for n in activities} == {1}
    assert answer["links"] == [
        {"source": place, "target": 0, "fields": ["venue_code"]} for place in (1, 2, 3)
    ]
    assert answer["is_complete"]
    assert chain(depth=5)["nodes"] == answer["nodes"]


def test_those_that_a_record_refers_to_and_on(published: Gate):
    key = chain(depth=1)["nodes"][2]["key"]
    answer = chain(dataset=ACTIVITY.dataset_name, key=key)
    assert [(n["dataset"], n["depth"]) for n in answer["nodes"]] == [
        (ACTIVITY.dataset_name, 0),
        (VENUE.dataset_name, 1),
        (ACTIVITY.dataset_name, 2),
        (ACTIVITY.dataset_name, 2),
    ]


def test_nothing_related(published: Gate):
    assert len(chain(depth=0)["nodes"]) == 1
    assert len(chain(key={"venue_code": CODES[1]})["nodes"]) == 1


def test_a_chain_that_is_not_whole(published: Gate):
    answer = chain(limit=2)
    assert (len(answer["nodes"]), answer["is_complete"]) == (2, False)


def test_what_is_not_public_is_not_told(published: Gate):
    site = {"user": call_action("get_site_user")["name"]}
    call_action("package_patch", site, id=ACTIVITY.dataset_name, private=True)
    answer = chain()
    assert len(answer["nodes"]) == 1


@pytest.mark.parametrize("parameters", [{"depth": 6}, {"limit": 0}, {"key": {"a": 1}}])
def test_junk_is_refused(published: Gate, parameters: dict[str, Any]):
    with pytest.raises(tk.ValidationError):
        chain(**parameters)
