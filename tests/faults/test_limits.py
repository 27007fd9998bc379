"""A check is limited in time and memory; its version ends, and its worker does not."""

from __future__ import annotations

from typing import Any

import pytest

from .conftest import REFS, Plant

BAD, GOOD = REFS[1], REFS[2]
# Seconds; the good table has to be checked within them on a busy machine too.
SLOW = {"ckanext.gpo.quality.max_check_time": 5}
LARGE = {"ckanext.gpo.quality.max_check_memory": 1024}


@pytest.mark.parametrize(
    ("kind", "options", "rule"),
    [
        ("waits", SLOW, "check-too-slow"),
        ("computes", SLOW, "check-too-slow"),
        ("swallows", SLOW, "check-too-slow"),
        ("memory", LARGE, "check-too-large"),
        ("duckdb", LARGE, "check-too-large"),
        ("dies", {}, "check-aborted"),
    ],
)
def test_check_beyond_a_limit_is_rejected_and_the_next_one_checked(
    plant: Plant, kind: str, options: dict[str, Any], rule: str
):
    bad, good = plant.submit(BAD, **options), plant.submit(GOOD)

    plant.work_sabotaged(BAD, kind, **options)

    states = plant.ask(plant.inside.states, bad, good)
    assert states == ["rejected", "published"]
    assert plant.ask(plant.inside.rules, bad) == [rule]
    plant.assert_sound()


def test_every_start_of_a_killed_check_is_an_event(plant: Plant):
    version = plant.submit(BAD)
    plant.work_sabotaged(BAD, "dies")

    cut_off = ("received", "the check was cut off")
    started = ("checking", "")
    assert plant.ask(plant.inside.steps, version)[1:] == [
        *[started, cut_off] * 3,
        started,
        ("rejected", "1 errors"),
    ]


def test_check_that_was_cut_short_may_be_handed_in_again(plant: Plant):
    plant.submit(BAD)
    plant.work_sabotaged(BAD, "dies")

    again = plant.submit_again(BAD)
    plant.work()

    assert plant.ask(plant.inside.states, again) == ["published"]
    plant.assert_sound()
