"""Where a notice stands, and the only ways between. Pure."""

from __future__ import annotations

from enum import Enum
from typing import Final

from ckanext.gpo.common.actors import Post
from ckanext.gpo.common.workflow import START, Transition, Workflow


class Channel(str, Enum):
    """How a notice reaches somebody."""

    SITE = "site"
    """On the page of notices: there once it is committed, so sent from the beginning."""
    MAIL = "mail"


class State(str, Enum):
    CREATED = "created"
    """Waits until it is due, for the first time or again."""
    SENDING = "sending"
    """In the hands of a job, or of one that was cut off."""
    DISPATCHED = "sent"
    """The mail server has taken it."""
    FAILED = "failed"
    """Not sent, or nobody knows; a sysadmin may have it sent again."""


_PLATFORM: Final = frozenset({Post.SYSTEM})

NOTICE: Final = Workflow(
    "notice",
    (
        Transition(START, State.CREATED, _PLATFORM),
        Transition(START, State.DISPATCHED, _PLATFORM),
        Transition(State.CREATED, State.SENDING, _PLATFORM),
        Transition(State.SENDING, State.CREATED, _PLATFORM),
        Transition(State.SENDING, State.DISPATCHED, _PLATFORM),
        Transition(State.SENDING, State.FAILED, _PLATFORM),
        Transition(State.FAILED, State.CREATED, frozenset({Post.SYSADMIN})),
    ),
)
"""The database holds the same (see `common.migration.install_workflow`), so a change here
needs a new migration."""


class Failure(str, Enum):
    """Why a mail failed for good."""

    REFUSED = "refused"
    """The server will not take it, however often it is asked."""
    EXHAUSTED = "exhausted"
    """It was tried as often as mails are."""
    UNCONFIRMED = "unconfirmed"
    """The server had it and fell silent."""
    INTERRUPTED = "interrupted"
    """The job ended while it was in its hands."""
    NO_ADDRESS = "no-address"
    """The account or correspondent is gone, or has no address that mail could go to."""
    UNKNOWN_KIND = "unknown-kind"
    """No plugin that is loaded can write it."""
