"""The states of a registration and of a report of abuse, and the only ways between. Pure."""

from __future__ import annotations

from enum import Enum
from typing import Final

from ckanext.gpo.common.actors import Post
from ckanext.gpo.common.workflow import START, Transition, Workflow


class State(str, Enum):
    """Where a registration stands."""

    DRAFT = "draft"
    SUBMITTED = "submitted"
    IN_REVIEW = "in-review"
    APPROVED = "approved"
    RETURNED = "returned"
    """Its builder changes something and submits it again."""
    REJECTED = "rejected"
    PUBLISHED = "published"
    UNPUBLISHED = "unpublished"
    """Was public and was taken back."""
    DISCARDED = "discarded"
    """Never was public, and its builder has given it up."""


EDITABLE: Final = frozenset({State.DRAFT, State.RETURNED})
"""Where the builder may change the content."""

_PLATFORM: Final = frozenset({Post.SYSTEM})
_EVERY_ACCOUNT: Final = frozenset(
    {Post.SYSTEM, Post.SYSADMIN, Post.ADMIN, Post.EDITOR, Post.MEMBER, Post.ACCOUNT}
)
"""A builder may have any post; that it is the builder is for the auth functions to say."""
_REVIEWERS: Final = frozenset({Post.SYSTEM, Post.SYSADMIN, Post.ADMIN, Post.EDITOR})
"""Posts in the department that reviews apps."""

REGISTRATION: Final = Workflow(
    "app-registration",
    (
        Transition(START, State.DRAFT, _EVERY_ACCOUNT),
        Transition(State.DRAFT, State.SUBMITTED, _EVERY_ACCOUNT),
        Transition(State.DRAFT, State.DISCARDED, _EVERY_ACCOUNT),
        Transition(State.SUBMITTED, State.DRAFT, _EVERY_ACCOUNT),
        Transition(State.SUBMITTED, State.IN_REVIEW, _REVIEWERS),
        Transition(State.IN_REVIEW, State.APPROVED, _REVIEWERS),
        Transition(State.IN_REVIEW, State.RETURNED, _REVIEWERS, needs_reason=True),
        Transition(State.IN_REVIEW, State.REJECTED, _REVIEWERS, needs_reason=True),
        Transition(State.RETURNED, State.SUBMITTED, _EVERY_ACCOUNT),
        Transition(State.RETURNED, State.DISCARDED, _EVERY_ACCOUNT),
        Transition(State.REJECTED, State.DRAFT, _EVERY_ACCOUNT),
        Transition(State.REJECTED, State.DISCARDED, _EVERY_ACCOUNT),
        Transition(State.APPROVED, State.PUBLISHED, _PLATFORM),
        # a newer copy is begun, the public one stays until that is approved
        Transition(State.PUBLISHED, State.DRAFT, _EVERY_ACCOUNT),
        # whatever becomes of a newer copy, what is public can be taken back
        *(
            Transition(state, State.UNPUBLISHED, _EVERY_ACCOUNT, needs_reason=True)
            for state in (
                *(State.PUBLISHED, State.DRAFT, State.SUBMITTED, State.IN_REVIEW),
                *(State.RETURNED, State.REJECTED),
            )
        ),
        Transition(State.UNPUBLISHED, State.DRAFT, _EVERY_ACCOUNT),
    ),
)
"""The database holds the same (see `common.migration.install_workflow`), so a change here
needs a new migration."""


class ReportState(str, Enum):
    """Where a report of abuse stands."""

    OPEN = "open"
    UPHELD = "upheld"
    """It was right, and something was done about the app."""
    DISMISSED = "dismissed"


REPORT: Final = Workflow(
    "app-report",
    (
        Transition(START, ReportState.OPEN, _EVERY_ACCOUNT),
        Transition(ReportState.OPEN, ReportState.UPHELD, _REVIEWERS, needs_reason=True),
        Transition(
            ReportState.OPEN, ReportState.DISMISSED, _REVIEWERS, needs_reason=True
        ),
    ),
)
"""As above. Nobody tells by its event who has reported: the account is empty there."""
