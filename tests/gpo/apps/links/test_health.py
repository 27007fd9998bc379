"""When a link is dead, when its app is hidden, and when it is back."""

from __future__ import annotations

from datetime import datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ckanext.gpo.apps.links import Change, Health, Rule, follow

RULE = Rule(timedelta(days=2), timedelta(days=14))
START = datetime(2026, 11, 1, tzinfo=timezone.utc)


def live(answers: list[tuple[float, bool]]) -> list[Change]:
    """What is told of a link that is asked on these days."""
    health, last, changes = Health(None, is_hidden=False), None, []
    for day, answer in answers:
        now = START + timedelta(days=day)
        health, change = follow(health, answers=answer, last=last, now=now, rule=RULE)
        last = now
        changes.append(change)
    return changes


@pytest.mark.parametrize(
    ("answers", "changes"),
    [
        ([(0, True), (1, True)], ["none", "none"]),
        ([(0, True), (1, False), (2, True)], ["none", "none", "none"]),
        ([(0, False), (1, False), (2, False), (3, False)], "none none dead none"),
        ([(0, False), (2, False), (3, True)], "none dead back"),
        ([(0, False), (2, False), (14, False), (15, True)], "none dead hidden back"),
        # the builder is told before it is hidden, however long nobody has asked
        ([(0, False), (20, False), (20.1, False)], "none dead hidden"),
    ],
)
def test_what_is_told(answers: list[tuple[float, bool]], changes: str | list[str]):
    told = changes.split() if isinstance(changes, str) else changes

    assert [change.value for change in live(answers)] == told


@given(
    st.lists(
        st.tuples(st.floats(0.01, 10, allow_nan=False), st.booleans()), max_size=40
    )
)
def test_dead_comes_before_hidden_and_is_told_once(gaps: list[tuple[float, bool]]):
    day, answers = 0.0, []
    for gap, answer in gaps:
        day += gap
        answers.append((day, answer))

    told = [change for change in live(answers) if change is not Change.NONE]

    following = {
        None: {Change.DEAD},
        Change.DEAD: {Change.HIDDEN, Change.BACK},
        Change.HIDDEN: {Change.BACK},
        Change.BACK: {Change.DEAD},
    }
    for before, after in zip([None, *told], told, strict=False):
        assert after in following[before]
