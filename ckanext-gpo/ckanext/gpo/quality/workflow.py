"""The states of a dataset version and the only ways between them. Pure."""

from __future__ import annotations

from enum import Enum
from typing import Final


class State(str, Enum):
    """Where a version stands (architecture.md, section 4)."""

    RECEIVED = "received"
    CHECKING = "checking"
    REJECTED = "rejected"
    PASSED = "passed"
    PUBLISHED = "published"
    SUPERSEDED = "superseded"

    @property
    def ended(self) -> bool:
        """The gate has nothing left to do for it."""
        return self not in (State.RECEIVED, State.CHECKING, State.PASSED)


TRANSITIONS: Final[dict[State, frozenset[State]]] = {
    State.RECEIVED: frozenset({State.CHECKING}),
    # back to received: a table that it refers to is not published yet, so it waits
    State.CHECKING: frozenset({State.REJECTED, State.PASSED, State.RECEIVED}),
    # superseded at once: a newer version was published while this one was checked
    State.PASSED: frozenset({State.PUBLISHED, State.SUPERSEDED}),
    State.PUBLISHED: frozenset({State.SUPERSEDED}),
    # passed after all: a sysadmin's override, with a reason
    State.REJECTED: frozenset({State.PASSED}),
    State.SUPERSEDED: frozenset(),
}


class IllegalTransition(ValueError):  # noqa: N818 - says what it is
    """A version cannot go from its state to the wanted one."""


def move(current: State, to: State) -> State:
    """The new state.

    :raises IllegalTransition: there is no such way
    """
    if to not in TRANSITIONS[current]:
        raise IllegalTransition(f"{current.value} → {to.value}")
    return to
