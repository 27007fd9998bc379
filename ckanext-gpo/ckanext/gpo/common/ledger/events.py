"""Events of the ledger: recorded and found again."""

from __future__ import annotations

from datetime import datetime, timezone
from typing import Annotated, Any

import sqlalchemy as sa
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import Mapped, mapped_column

import ckan.plugins.toolkit as tk
from ckan import model

from ckanext.gpo.common.actors import Actor

text = Annotated[str, mapped_column(sa.TEXT)]


class Event(tk.BaseModel):
    """One thing that happened; never changed, never deleted.

    `kind` is what the subject is (of a case: the name of its workflow), `parent` what it
    belongs to, as the dataset of a version. `what` is the state that a case has entered,
    and `from_state` the one it came from; of other subjects `what` is a verb, and
    `from_state` is None.
    """

    __tablename__ = "gpo_common_event"

    id: Mapped[int] = mapped_column(sa.BigInteger, sa.Identity(), primary_key=True)
    room: Mapped[text]
    kind: Mapped[text]
    subject: Mapped[text]
    parent: Mapped[text | None]
    what: Mapped[text]
    from_state: Mapped[text | None]
    account: Mapped[text]
    post: Mapped[text]
    reason: Mapped[text] = mapped_column(default="")
    facts: Mapped[dict[str, Any]] = mapped_column(JSONB, default=dict)
    created: Mapped[datetime] = mapped_column(
        sa.DateTime(timezone=True), default=lambda: datetime.now(timezone.utc)
    )


def record(
    room: str,
    kind: str,
    subject: str,
    what: str,
    actor: Actor,
    *,
    parent: str | None = None,
    from_state: str | None = None,
    reason: str = "",
    facts: dict[str, Any] | None = None,
    connection: sa.Connection | None = None,
) -> None:
    """Add an event to the session's transaction.

    :param facts: what a reader of the event needs besides; no personal data
    :param connection: of a flush that is under way, from a listener to its rows: nothing
        can be added to the session then
    """
    values = {
        "room": room,
        "kind": kind,
        "subject": subject,
        "parent": parent,
        "what": what,
        "from_state": from_state,
        "account": actor.account,
        "post": actor.post.value,
        "reason": reason,
        "facts": facts or {},
    }
    if connection is None:
        model.Session.add(Event(**values))
    else:
        connection.execute(sa.insert(Event).values(**values))


def select(
    *,
    room: str | None = None,
    kind: str | None = None,
    subject: str | None = None,
    parent: str | None = None,
    account: str | None = None,
    post: str | None = None,
    since: datetime | None = None,
    until: datetime | None = None,
) -> sa.Select[tuple[Event]]:
    """The statement that finds events, as recorded: the oldest first.

    :param since: not before this moment
    :param until: before this moment
    """
    equal = {
        Event.room: room,
        Event.kind: kind,
        Event.subject: subject,
        Event.parent: parent,
        Event.account: account,
        Event.post: post,
    }
    query = sa.select(Event).order_by(Event.id)
    query = query.where(
        *(c == value for c, value in equal.items() if value is not None)
    )
    if since is not None:
        query = query.where(Event.created >= since)
    if until is not None:
        query = query.where(Event.created < until)
    return query


def events(**criteria: Any) -> list[Event]:
    """All events that fit, the oldest first; criteria as of `select`."""
    return list(model.Session.scalars(select(**criteria)))
