"""The states of a version."""

from __future__ import annotations

from itertools import product
from types import SimpleNamespace

import pytest

from ckanext.gpo.common.actors import Post
from ckanext.gpo.common.workflow import IllegalTransition
from ckanext.gpo.quality.workflow import VERSION, State

LOADABLE = SimpleNamespace(report={"counts": [{"rule": "foreign-key"}]})
UNLOADABLE = SimpleNamespace(report={"counts": [{"rule": "type-error"}]})


def _code(case: SimpleNamespace, way: tuple[str, str], post: Post, why: str) -> str:
    with pytest.raises(IllegalTransition) as refusal:
        VERSION.check(case, *way, post, why)
    return refusal.value.code


def test_every_state_can_be_reached():
    reached, todo = set(), {""}
    while todo:
        reached |= todo
        todo = {to for state in todo for to in VERSION.following(state)} - reached
    assert reached == {"", *State}


@pytest.mark.parametrize(
    ("current", "to"), list(product(State, State)), ids=lambda state: state.value
)
def test_only_declared_ways_are_open(current: State, to: State):
    if to in VERSION.following(current):
        VERSION.check(LOADABLE, current, to, Post.SYSTEM, "a reason")
    else:
        code = _code(LOADABLE, (current, to), Post.SYSTEM, "a reason")
        assert code == "no-transition"


def test_nothing_is_published_without_having_passed():
    before = [s for s in State if State.PUBLISHED in VERSION.following(s)]
    assert before == [State.PASSED]


def test_a_rejected_version_passes_by_an_override_only():
    assert State.REJECTED.ended
    assert VERSION.following(State.REJECTED) == {State.PASSED}


def test_an_override_is_a_sysadmins_with_a_reason_and_loadable_rows():
    way = (State.REJECTED, State.PASSED)
    VERSION.check(LOADABLE, *way, Post.SYSADMIN, "seen the original")

    assert _code(LOADABLE, way, Post.ADMIN, "mine") == "post-not-allowed"
    assert _code(LOADABLE, way, Post.SYSADMIN, " ") == "reason-missing"
    code = _code(UNLOADABLE, way, Post.SYSADMIN, "seen the original")
    assert code == "errors-can-be-loaded"


def test_no_person_publishes():
    for post in set(Post) - {Post.SYSTEM}:
        way = (State.PASSED, State.PUBLISHED)
        assert _code(LOADABLE, way, post, "please") == "post-not-allowed"


def test_what_was_taken_back_stays_taken_back():
    before = [s for s in State if State.WITHDRAWN in VERSION.following(s)]
    assert before == [State.PUBLISHED]
    assert State.WITHDRAWN.ended
    assert not VERSION.following(State.WITHDRAWN)
