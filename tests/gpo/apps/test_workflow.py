"""The database refuses what the workflows do not know."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterator
from itertools import product
from typing import Any

import pytest
import sqlalchemy as sa

from ckan import model
from ckan.model.types import make_uuid

from ckanext.gpo.apps.model import App, Report, now
from ckanext.gpo.apps.workflow import REGISTRATION, REPORT, ReportState, State
from ckanext.gpo.common.actors import Post
from ckanext.gpo.common.ledger import Event
from ckanext.gpo.common.workflow import START, Workflow

pytestmark = pytest.mark.usefixtures("non_clean_db")

STEPS = [
    *((REGISTRATION, App, a, b) for a, b in product(State, State) if a is not b),
    *((REPORT, Report, a, b) for a, b in product(ReportState, ReportState) if a != b),
]


@pytest.fixture
def connection() -> Iterator[sa.Connection]:
    """A connection whose transaction is given up in the end."""
    with model.meta.engine.connect() as connection:
        yield connection
        connection.rollback()


def accepts(connection: sa.Connection, statement: sa.Executable) -> bool:
    try:
        with connection.begin_nested():
            connection.execute(statement)
    except (sa.exc.IntegrityError, sa.exc.ProgrammingError):
        return False
    return True


def way(workflow: Workflow, goal: str) -> list[str]:
    """The shortest way from the beginning to a state."""
    ways = deque([[state] for state in sorted(workflow.following(START))])
    while ways[0][-1] != goal:
        current = ways.popleft()
        ways.extend([*current, state] for state in workflow.following(current[-1]))
    return ways[0]


def row(table: Any, state: str) -> dict[str, Any]:
    common = {"id": make_uuid(), "state": state, "created": now()}
    if table is Report:
        texts = dict.fromkeys(("account", "words", "answer"), "")
        return {**common, **texts, "app": "a", "topic": "spam"}
    return {
        **common,
        "name": make_uuid(),
        "owner": "a",
        "content": {},
        "modified": now(),
        "rating_count": 0,
        "rating_sum": 0,
        "is_hidden": False,
    }


@pytest.mark.parametrize(("workflow", "table", "from_state", "to_state"), STEPS)
def test_a_row_goes_only_where_the_workflow_leads(
    connection: sa.Connection,
    workflow: Workflow,
    table: Any,
    from_state: Any,
    to_state: Any,
):
    first, *rest = way(workflow, from_state.value)
    values = row(table, first)
    connection.execute(sa.insert(table).values(**values))

    def step(state: str) -> sa.Update:
        is_it = table.id == values["id"]
        return sa.update(table).where(is_it).values(state=state)

    for state in rest:
        connection.execute(step(state))

    leads = to_state.value in workflow.following(from_state.value)
    assert accepts(connection, step(to_state.value)) == leads


@pytest.mark.parametrize("post", Post)
@pytest.mark.parametrize(
    ("from_state", "to_state", "reviewers_only"),
    [("submitted", "in-review", True), ("draft", "submitted", False)],
)
def test_events_are_of_those_who_may(
    connection: sa.Connection,
    post: Post,
    from_state: str,
    to_state: str,
    reviewers_only: bool,
):
    event = sa.insert(Event).values(
        room="apps",
        kind=REGISTRATION.name,
        subject="a",
        what=to_state,
        from_state=from_state,
        account="somebody",
        post=post.value,
    )

    is_reader = post in (Post.ACCOUNT, Post.MEMBER)
    assert accepts(connection, event) == (not (reviewers_only and is_reader))


def test_nobody_reviews_an_app_of_their_own_whatever_the_code_does(
    connection: sa.Connection,
):
    values = row(App, "draft") | {"reviewer": "a"}

    assert not accepts(connection, sa.insert(App).values(**values))
    assert accepts(connection, sa.insert(App).values(**values | {"reviewer": "b"}))
