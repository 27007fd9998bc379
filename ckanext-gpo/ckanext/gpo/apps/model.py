"""Registrations, ratings and reports of abuse. No foreign keys onto CKAN's tables.

Their events stand in the ledger.
"""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime, timezone
from typing import Annotated, Any

import sqlalchemy as sa
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import Mapped, mapped_column
from typing_extensions import Self

import ckan.plugins.toolkit as tk
from ckan import model
from ckan.model.types import make_uuid

from ckanext.gpo.common import ledger
from ckanext.gpo.common.actors import Actor
from ckanext.gpo.common.workflow import START

from .workflow import REGISTRATION, REPORT, ReportState, State

text = Annotated[str, mapped_column(sa.TEXT)]
datetime_tz = Annotated[datetime, mapped_column(sa.DateTime(timezone=True))]
json = Annotated[dict[str, Any], mapped_column(JSONB)]

ROOM = "apps"


def now() -> datetime:
    return datetime.now(timezone.utc)


class App(tk.BaseModel):
    """An app and its registration; its id is that of its record in the catalogue.

    `owner` is the id of the builder's account, `reviewer` that of whoever reviews it.
    `content` is the builder's working copy and `public_content` what readers see, both
    with the fields of `material.TEXTS` and `{kind, platform, licence, contact_shown,
    datasets: [{id, version, purpose}], pictures: [{id, width, height}], package}`.

    `link_failing` is since when the link does not answer, `is_hidden` whether that went on
    so long that readers are not shown the app.
    """

    __tablename__ = "gpo_apps_app"
    __table_args__ = (
        sa.CheckConstraint("reviewer <> owner", name="gpo_apps_app_not_by_oneself"),
        sa.Index(
            "gpo_apps_app_public",
            "published",
            postgresql_where=sa.text("public_content IS NOT NULL AND NOT is_hidden"),
        ),
        sa.Index("gpo_apps_app_queue", "state", "submitted"),
        sa.Index(
            "gpo_apps_app_links",
            "link_checked",
            postgresql_where=sa.text("public_content IS NOT NULL"),
        ),
    )

    id: Mapped[text] = mapped_column(primary_key=True, default=make_uuid)
    name: Mapped[text] = mapped_column(unique=True)
    owner: Mapped[text] = mapped_column(index=True)
    reviewer: Mapped[text | None]
    state: Mapped[text]
    content: Mapped[json]
    public_content: Mapped[dict[str, Any] | None] = mapped_column(
        JSONB(none_as_null=True)
    )
    created: Mapped[datetime_tz] = mapped_column(default=now)
    modified: Mapped[datetime_tz] = mapped_column(default=now)
    submitted: Mapped[datetime_tz | None]
    published: Mapped[datetime_tz | None]
    rating_count: Mapped[int] = mapped_column(default=0)
    rating_sum: Mapped[int] = mapped_column(default=0)
    link_checked: Mapped[datetime_tz | None]
    link_failing: Mapped[datetime_tz | None]
    is_hidden: Mapped[bool] = mapped_column(default=False)

    @property
    def is_public(self) -> bool:
        """Whether readers see it."""
        return self.public_content is not None and not self.is_hidden

    def begin(self, actor: Actor) -> None:
        """Come into being as a draft, in the caller's transaction.

        :raises IllegalTransition: this actor may not
        """
        REGISTRATION.check(self, START, State.DRAFT.value, actor.post)
        self.state = State.DRAFT.value
        model.Session.add(self)
        self._record(None, actor, "")

    def enter(self, to: State, actor: Actor, reason: str = "", **facts: Any) -> None:
        """Go to another state and leave the event of it, in the caller's transaction.

        :param facts: of the event, beyond those of every step
        :raises IllegalTransition: there is no such way, or it is not this actor's
        """
        came_from = self.state
        REGISTRATION.check(self, came_from, to.value, actor.post, reason)
        self.state = to.value
        self.modified = now()
        self._record(came_from, actor, reason, **facts)
        # step by step: two steps in one write would be a way that the database refuses
        model.Session.flush()

    def _record(
        self, came_from: str | None, actor: Actor, reason: str, **facts: Any
    ) -> None:
        ledger.record(
            ROOM,
            REGISTRATION.name,
            self.id,
            self.state,
            actor,
            from_state=came_from,
            reason=reason,
            facts={"name": self.name, **facts},
        )

    @classmethod
    def get(cls, reference: object) -> App | None:
        """The app of a name or an id."""
        if not isinstance(reference, str):
            return None
        is_it = sa.or_(cls.id == reference, cls.name == reference)
        return model.Session.scalar(sa.select(cls).where(is_it))

    @classmethod
    def get_locked(cls, reference: object) -> App | None:
        """As `get`, kept from every change by others until the transaction ends."""
        if not isinstance(reference, str):
            return None
        is_it = sa.or_(cls.id == reference, cls.name == reference)
        locked = sa.select(cls).where(is_it).with_for_update()
        return model.Session.scalar(locked.execution_options(populate_existing=True))

    @classmethod
    def public(cls) -> sa.Select[tuple[Self]]:
        """What readers see, in no order."""
        return sa.select(cls).where(
            cls.public_content.is_not(None), cls.is_hidden.is_(False)
        )


class Use(tk.BaseModel):
    """A dataset that an app uses, of what is public of the app."""

    __tablename__ = "gpo_apps_use"

    app: Mapped[text] = mapped_column(primary_key=True)
    dataset: Mapped[text] = mapped_column(primary_key=True, index=True)
    version: Mapped[int | None]
    purpose: Mapped[text]

    @classmethod
    def replace(cls, app: str, uses: Collection[dict[str, Any]]) -> None:
        """Let these be the datasets that an app uses."""
        model.Session.execute(sa.delete(cls).where(cls.app == app))
        model.Session.add_all(
            cls(
                app=app,
                dataset=use["id"],
                version=use["version"],
                purpose=use["purpose"],
            )
            for use in uses
        )


class Rating(tk.BaseModel):
    """How many stars an account gives to an app; the app counts them all."""

    __tablename__ = "gpo_apps_rating"

    app: Mapped[text] = mapped_column(primary_key=True)
    account: Mapped[text] = mapped_column(primary_key=True)
    value: Mapped[int]
    changed: Mapped[datetime_tz] = mapped_column(default=now)


class Report(tk.BaseModel):
    """A report that something is wrong with an app, seen by those who review.

    `account` is the id of who reported, empty for a reader without an account.
    """

    __tablename__ = "gpo_apps_report"
    __table_args__ = (sa.Index("gpo_apps_report_queue", "state", "created"),)

    id: Mapped[text] = mapped_column(primary_key=True, default=make_uuid)
    app: Mapped[text] = mapped_column(index=True)
    account: Mapped[text]
    topic: Mapped[text]
    words: Mapped[text]
    state: Mapped[text]
    created: Mapped[datetime_tz] = mapped_column(default=now)
    answer: Mapped[text] = mapped_column(default="")

    def begin(self, actor: Actor) -> None:
        """Come into being as open, in the caller's transaction."""
        REPORT.check(self, START, ReportState.OPEN.value, actor.post)
        self.state = ReportState.OPEN.value
        self.id = make_uuid()
        model.Session.add(self)
        self._record(None, Actor("", actor.post), "")

    def enter(self, to: ReportState, actor: Actor, reason: str) -> None:
        """Be decided, in the caller's transaction.

        :raises IllegalTransition: there is no such way, or it is not this actor's
        """
        came_from = self.state
        REPORT.check(self, came_from, to.value, actor.post, reason)
        self.state, self.answer = to.value, reason
        self._record(came_from, actor, reason)
        model.Session.flush()

    def _record(self, came_from: str | None, actor: Actor, reason: str) -> None:
        ledger.record(
            ROOM,
            REPORT.name,
            self.id,
            self.state,
            actor,
            parent=self.app,
            from_state=came_from,
            reason=reason,
            facts={"topic": self.topic},
        )
