"""The states of a version."""

from __future__ import annotations

from itertools import product

import pytest

from ckanext.gpo.quality.workflow import TRANSITIONS, IllegalTransition, State, move


def test_every_state_has_its_ways():
    assert set(TRANSITIONS) == set(State)


@pytest.mark.parametrize(
    ("current", "to"), list(product(State, State)), ids=lambda state: state.value
)
def test_only_declared_ways_are_open(current: State, to: State):
    if to in TRANSITIONS[current]:
        assert move(current, to) is to
    else:
        with pytest.raises(IllegalTransition):
            move(current, to)


def test_nothing_is_published_without_having_passed():
    assert [s for s in State if State.PUBLISHED in TRANSITIONS[s]] == [State.PASSED]


def test_a_rejected_version_goes_on_by_an_override_only():
    assert State.REJECTED.ended
    assert TRANSITIONS[State.REJECTED] == {State.PASSED}
