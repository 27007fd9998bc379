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
    WITHDRAWN = "withdrawn"

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
    State.PUBLISHED: frozenset({State.SUPERSEDED, State.WITHDRAWN}),
    # passed in spite of its report: an override, by a person and with a reason
    State.REJECTED: frozenset({State.PASSED}),
    State.SUPERSEDED: frozenset(),
    State.WITHDRAWN: frozenset(),
}
"""Which state may follow which. The database holds the same rules (triggers and checks of
the migrations in `migration/gpo_quality`), so a change here needs a new migration."""

UPLOAD: Final = "upload"
RESTORE: Final = "restore"

BY_HAND: Final = (UPLOAD, RESTORE)
"""Sources of versions that a person handed in; any other is the name of a harvest source."""

FIRST: Final = State.RECEIVED
"""Where every version begins."""


class IllegalTransition(ValueError):  # noqa: N818 - says what it is
    """A version cannot go from its state to the wanted one."""


def move(current: State, to: State) -> State:
    """The new state.

    :raises IllegalTransition: there is no such way
    """
    if to not in TRANSITIONS[current]:
        raise IllegalTransition(f"{current.value} → {to.value}")
    return to
