"""The database refuses what the workflow does not know, whoever writes to it."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import product

import pytest
import sqlalchemy as sa

from ckan import model
from ckan.model.types import make_uuid

from ckanext.gpo.common.actors import Post
from ckanext.gpo.common.ledger import Event
from ckanext.gpo.quality.model import Version, now
from ckanext.gpo.quality.workflow import FIRST, VERSION, State

pytestmark = pytest.mark.usefixtures("non_clean_db")


@pytest.fixture
def connection() -> Iterator[sa.Connection]:
    """A connection whose transaction is given up in the end."""
    with model.meta.engine.connect() as connection:
        yield connection
        connection.rollback()


def _insert(connection: sa.Connection, **changes: object) -> str:
    values = {
        "id": make_uuid(),
        "package_id": make_uuid(),
        "table_ref": "culture/culture_venues",
        "number": 1,
        "state": FIRST.value,
        "content_hash": "sha256:0",
        "schema_hash": "sha256:0",
        "source": "probe",
        "origin": {},
        "actor": "probe",
        "created": now(),
        "waiting_for": [],
    } | changes
    connection.execute(sa.insert(Version).values(**values))
    return values["id"]


def _accepts(connection: sa.Connection, statement: sa.Executable) -> bool:
    try:
        with connection.begin_nested():
            connection.execute(statement)
    except (sa.exc.IntegrityError, sa.exc.ProgrammingError):
        return False
    return True


def _go(id_: str, to: State) -> sa.Update:
    return sa.update(Version).where(Version.id == id_).values(state=to.value)


def _way_to(state: State) -> list[State]:
    """The states from the first one to this one, over declared ways."""
    ways = {FIRST: [FIRST]}
    todo = [FIRST]
    while todo:
        current = todo.pop(0)
        for following in map(State, VERSION.following(current) - set(ways)):
            ways[following] = [*ways[current], following]
            todo.append(following)
    return ways[state]


def _event(came_from: str | None, to: str, **changes: object) -> sa.Insert:
    values = {
        "room": "quality",
        "kind": VERSION.name,
        "subject": "v",
        "what": to,
        "from_state": came_from or None,
        "account": "probe",
        "post": Post.SYSTEM.value,
        "reason": "a probe",
        "facts": {},
        "created": now(),
    }
    return sa.insert(Event).values(**(values | changes))


def test_versions_go_the_ways_of_the_workflow_only(connection: sa.Connection):
    open_ways = set()
    for current, to in product(State, State):
        id_ = _insert(connection)
        for step in _way_to(current)[1:]:
            connection.execute(_go(id_, step))
        if current is not to and _accepts(connection, _go(id_, to)):
            open_ways.add((current, to))

    assert open_ways == {(a, b) for a in State for b in VERSION.following(a)}


def test_events_name_the_ways_of_the_workflow_only(connection: sa.Connection):
    known = {
        (current, to)
        for current, to in product(["", *State], State)
        if _accepts(connection, _event(current, to))
    }

    assert known == {(a, b) for a in ["", *State] for b in VERSION.following(a)}


def test_events_are_of_who_may_and_say_why_where_it_is_asked(
    connection: sa.Connection,
):
    for step in VERSION.transitions:
        for post, reason in product(Post, ["", "a reason"]):
            event = _event(
                step.from_state, step.to_state, post=post.value, reason=reason
            )
            may = post in step.posts and bool(reason or not step.needs_reason)
            assert _accepts(connection, event) is may


def test_a_version_begins_as_received(connection: sa.Connection):
    for state in State:
        try:
            with connection.begin_nested():
                _insert(connection, state=state.value)
        except sa.exc.IntegrityError:
            assert state is not FIRST
        else:
            assert state is FIRST


@pytest.mark.parametrize(
    ("column", "value"),
    [
        ("package_id", "other"),
        ("table_ref", "culture/other"),
        ("number", 2),
        ("content_hash", "sha256:1"),
        ("schema_hash", "sha256:1"),
        ("source", "other"),
        ("origin", {"label": "other"}),
        ("declaration", {"sheet": "other"}),
        ("actor", "other"),
        ("created", sa.text("now() - interval '1 day'")),
    ],
)
def test_what_a_version_is_made_of_never_changes(
    connection: sa.Connection, column: str, value: object
):
    id_ = _insert(connection)
    change = sa.update(Version).where(Version.id == id_).values({column: value})

    assert not _accepts(connection, change)


def test_what_the_gate_says_of_a_version_may_change(connection: sa.Connection):
    id_ = _insert(connection)
    verdict = {"row_count": 3, "report": {"valid": True}, "waiting_for": ["a/b"]}

    assert _accepts(
        connection, sa.update(Version).where(Version.id == id_).values(**verdict)
    )


def test_nothing_is_taken_from_the_history(connection: sa.Connection):
    id_ = _insert(connection)
    connection.execute(_event(None, FIRST.value))

    assert not _accepts(connection, sa.delete(Version).where(Version.id == id_))
    assert not _accepts(connection, sa.delete(Event))
    assert not _accepts(connection, sa.update(Event).values(reason="other"))
