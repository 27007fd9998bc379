"""The states of a dataset version and the only ways between them. Pure."""

from __future__ import annotations

from enum import Enum
from typing import Any, Final

from ckanext.gpo.common.actors import Post
from ckanext.gpo.common.workflow import START, Transition, Workflow

from .engine import blockers


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


def _errors_can_be_loaded(version: Any) -> bool:
    return not blockers(version.report)


_GATE: Final = frozenset({Post.SYSTEM})
_SYSADMINS: Final = _GATE | {Post.SYSADMIN}
_STEWARDS: Final = _SYSADMINS | {Post.ADMIN, Post.EDITOR}

VERSION: Final = Workflow(
    "dataset-version",
    (
        Transition(START, State.RECEIVED, _STEWARDS),
        # Who purges a dataset ends what is open of it: `removal`.
        Transition(State.RECEIVED, State.CHECKING, _SYSADMINS),
        # a table that it refers to is not published yet, so it waits; or it was cut off
        Transition(State.CHECKING, State.RECEIVED, _GATE),
        Transition(State.CHECKING, State.REJECTED, _SYSADMINS),
        Transition(State.CHECKING, State.PASSED, _GATE),
        # an override: in spite of its report, by a person and with a reason
        Transition(
            State.REJECTED,
            State.PASSED,
            _SYSADMINS,
            needs_reason=True,
            conditions=(_errors_can_be_loaded,),
        ),
        Transition(State.PASSED, State.PUBLISHED, _GATE),
        # superseded at once: a newer version was published while this one was checked
        Transition(State.PASSED, State.SUPERSEDED, _SYSADMINS),
        Transition(State.PUBLISHED, State.SUPERSEDED, _SYSADMINS),
        Transition(State.PUBLISHED, State.WITHDRAWN, _STEWARDS, needs_reason=True),
    ),
)
"""Which state may follow which, and who may say so. The database holds the same rules
(see `common.migration.install_workflow`), so a change here needs a new migration."""

UPLOAD: Final = "upload"
RESTORE: Final = "restore"
CORRECTION: Final = "correction"

BY_HAND: Final = (UPLOAD, RESTORE, CORRECTION)
"""Sources of versions that a person handed in; any other is the name of a harvest source."""

FIRST: Final = State.RECEIVED
"""Where every version begins."""
