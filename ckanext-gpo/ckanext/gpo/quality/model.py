"""Dataset versions. No foreign keys onto CKAN's tables (pitfall 22).

Their events stand in the ledger.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
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
from ckanext.gpo.common.ledger import Event
from ckanext.gpo.common.workflow import START

from .workflow import BY_HAND, FIRST, VERSION, State

text = Annotated[str, mapped_column(sa.TEXT)]
datetime_tz = Annotated[datetime, mapped_column(sa.DateTime(timezone=True))]
json = Annotated[dict[str, Any], mapped_column(JSONB)]

ROOM = "quality"
_STATES = ", ".join(f"'{state.value}'" for state in State)


def now() -> datetime:
    return datetime.now(timezone.utc)


class Version(tk.BaseModel):
    """One immutable snapshot of a dataset's table, and what the gate says of it.

    Only `state` (through `enter`), the verdict's columns, `files`, `changes` and
    `waiting_for` ever change; the database refuses any other change.

    `declaration` is what the source says of the file, see `intake.Declaration`, which goes
    before what the table's schema says; and the cells that were corrected since, see
    `reception.corrections`.

    `changes` is what a publication changed: `{"previous": number of the version that was
    public before, or None, "totals": {added, removed, changed, unchanged} or None}`.
    """

    __tablename__ = "gpo_quality_version"
    __table_args__ = (
        sa.CheckConstraint(f"state IN ({_STATES})", name="gpo_quality_version_state"),
        sa.UniqueConstraint("package_id", "number", name="gpo_quality_version_number"),
        sa.Index(
            "gpo_quality_version_one_published",
            "package_id",
            unique=True,
            postgresql_where=sa.text("state = 'published'"),
        ),
    )

    id: Mapped[text] = mapped_column(primary_key=True, default=make_uuid)
    package_id: Mapped[text] = mapped_column(index=True)
    table_ref: Mapped[text] = mapped_column(index=True)
    number: Mapped[int]
    state: Mapped[text] = mapped_column(default=State.RECEIVED.value)
    content_hash: Mapped[text]
    schema_hash: Mapped[text]
    source: Mapped[text]
    origin: Mapped[json]
    declaration: Mapped[json] = mapped_column(default=dict, server_default="{}")
    actor: Mapped[text]
    created: Mapped[datetime_tz] = mapped_column(default=now)
    checked: Mapped[datetime_tz | None]
    published: Mapped[datetime_tz | None]
    row_count: Mapped[int | None]
    rule_count: Mapped[int | None]
    error_count: Mapped[int | None]
    report: Mapped[json | None]
    files: Mapped[json | None]
    changes: Mapped[json | None]
    waiting_for: Mapped[list[str]] = mapped_column(JSONB, default=list)

    def enter(self, to: State, actor: Actor, reason: str = "") -> None:
        """Go to another state and leave the event of it, in the caller's transaction.

        :raises IllegalTransition: there is no such way, or it is not this actor's
        """
        came_from = self.state
        VERSION.check(self, came_from, to.value, actor.post, reason)
        self.state = to.value
        self._record(came_from, actor, reason)
        # Step by step: two steps in one write would be a way that the database refuses.
        model.Session.flush()

    def begin(self, actor: Actor, reason: str, **facts: Any) -> None:
        """Come into being, as received, in the caller's transaction.

        :param facts: of the event, beyond those of every step
        :raises IllegalTransition: this actor may not hand in
        """
        VERSION.check(self, START, FIRST.value, actor.post, reason)
        self.state = FIRST.value
        model.Session.add(self)
        self._record(None, actor, reason, **facts)

    def _record(
        self, came_from: str | None, actor: Actor, reason: str, **facts: Any
    ) -> None:
        ledger.record(
            ROOM,
            VERSION.name,
            self.id,
            self.state,
            actor,
            parent=self.package_id,
            from_state=came_from,
            reason=reason,
            facts={"number": self.number, "table": self.table_ref, **facts},
        )

    @property
    def events(self) -> list[Event]:
        """Its steps, the oldest first."""
        return ledger.events(kind=VERSION.name, subject=self.id)

    @property
    def in_public_history(self) -> bool:
        """Whether what it holds is or was public and was not taken back."""
        return self.published is not None and self.state != State.WITHDRAWN.value

    @property
    def by_hand(self) -> bool:
        """Whether a person handed it in."""
        return self.source in BY_HAND

    @classmethod
    def get(cls, id_: str) -> Version | None:
        return model.Session.get(cls, id_)

    @classmethod
    def list_by_ids(cls, ids: Iterable[str]) -> list[Version]:
        """The versions that have one of these ids."""
        return list(model.Session.scalars(sa.select(cls).where(cls.id.in_(ids))))

    @classmethod
    def list_by_states(cls, *states: State) -> list[Version]:
        """All versions in one of these states, the oldest first."""
        names = [state.value for state in states]
        return list(
            model.Session.scalars(
                sa.select(cls).where(cls.state.in_(names)).order_by(cls.created)
            )
        )

    @classmethod
    def history(cls, package_id: str) -> sa.Select[tuple[Self]]:
        """All versions of a dataset, the newest first."""
        return (
            sa.select(cls)
            .where(cls.package_id == package_id)
            .order_by(cls.number.desc())
        )

    @classmethod
    def get_published(cls, package_id: str) -> Version | None:
        return model.Session.scalar(
            sa.select(cls).where(
                cls.package_id == package_id, cls.state == State.PUBLISHED.value
            )
        )

    @classmethod
    def get_published_for_table(cls, table_ref: str) -> Version | None:
        """The published version of a table whose dataset is not deleted."""
        return model.Session.scalar(
            sa.select(cls)
            .join(model.Package, model.Package.id == cls.package_id)
            .where(
                cls.table_ref == table_ref,
                cls.state == State.PUBLISHED.value,
                model.Package.state == model.State.ACTIVE,
            )
        )

    @classmethod
    def publications(cls, package_id: str) -> sa.Select[tuple[Self]]:
        """All versions of a dataset that are or were public, the newest first."""
        return cls.history(package_id).where(cls.published.is_not(None))

    @classmethod
    def get_withdrawn(cls, package_id: str) -> Version | None:
        """The version that was public last, if it was taken back."""
        last = model.Session.scalar(cls.publications(package_id).limit(1))
        return last if last and last.state == State.WITHDRAWN.value else None

    @classmethod
    def list_waiting(cls, table_ref: str) -> list[Version]:
        """Versions that were put back until this table is published."""
        return list(
            model.Session.scalars(
                sa.select(cls)
                .where(
                    cls.state == State.RECEIVED.value,
                    cls.waiting_for.contains([table_ref]),
                )
                .order_by(cls.created)
            )
        )

    @classmethod
    def next_number(cls, package_id: str) -> int:
        highest = model.Session.scalar(
            sa.select(sa.func.max(cls.number)).where(cls.package_id == package_id)
        )
        return (highest or 0) + 1

    @classmethod
    def overrides(cls, ids: Collection[str]) -> dict[str, Event]:
        """Id of a version → the event by which a sysadmin let it pass, where one did."""
        if not ids:
            return {}
        query = ledger.select(kind=VERSION.name).where(
            Event.subject.in_(ids),
            Event.from_state == State.REJECTED.value,
            Event.what == State.PASSED.value,
        )
        return {event.subject: event for event in model.Session.scalars(query)}
