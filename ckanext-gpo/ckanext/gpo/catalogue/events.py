"""Changes of the catalogue, as the ledger keeps them.

Records (datasets, items, sources) and groups (departments, domains), whichever way they
were changed: CKAN tells of the first before each commit, SQLAlchemy of the second.
"""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import object_session
from sqlalchemy.orm.attributes import instance_state

from ckan import model

from ckanext.gpo.common import ledger
from ckanext.gpo.common.actors import Actor
from ckanext.gpo.common.context import current_actor

ROOM = "catalogue"

LATE = "late"
"""What an event says of a dataset that was not published in time."""

_WORDS = {
    model.DomainObjectOperation.new: "created",
    model.DomainObjectOperation.changed: "changed",
    model.DomainObjectOperation.deleted: "purged",
}


def record(entity: Any, operation: str) -> None:
    """Record what CKAN tells of: that a record was created, changed, deleted or purged."""
    if isinstance(entity, model.Package):
        _record_package(entity, _WORDS[operation])


def _record_package(package: model.Package, what: str) -> None:
    if what == "changed" and not instance_state(package).persistent:
        return  # what went with a purged record is no change of its own
    if what == "changed" and package.state == model.State.DELETED:
        what = "deleted"
    ledger.record(
        ROOM,
        package.type,
        package.id,
        what,
        current_actor(package.owner_org),
        parent=package.owner_org,
        facts={"name": package.name, "private": package.private},
    )


def record_late(package: model.Package, due: str) -> None:
    """Record that the day passed on which a dataset should have been published again.

    Once for each day, however often it is called.
    """
    same = ledger.select(room=ROOM, kind=package.type, subject=package.id).where(
        ledger.Event.what == LATE, ledger.Event.facts["due"].astext == due
    )
    if model.Session.scalar(same.limit(1)) is None:
        ledger.record(
            ROOM,
            package.type,
            package.id,
            LATE,
            Actor.system(ROOM),
            parent=package.owner_org,
            facts={"name": package.name, "due": due},
        )


def listen() -> None:
    """Record changes of groups from here on."""
    for change, listener in {
        "after_insert": _group_created,
        "after_update": _group_changed,
        "after_delete": _group_purged,
    }.items():
        ledger.listen("gpo_catalogue", model.Group, change, listener)


def _group_created(connection: sa.Connection, group: model.Group) -> None:
    _record_group(connection, group, "created")


def _group_changed(connection: sa.Connection, group: model.Group) -> None:
    session = object_session(group)
    if session and session.is_modified(group, include_collections=False):
        is_deleted = group.state == model.State.DELETED
        _record_group(connection, group, "deleted" if is_deleted else "changed")


def _group_purged(connection: sa.Connection, group: model.Group) -> None:
    _record_group(connection, group, "purged")


def _record_group(connection: sa.Connection, group: model.Group, what: str) -> None:
    ledger.record(
        ROOM,
        group.type,
        group.id,
        what,
        current_actor(group.id),
        facts={"name": group.name},
        connection=connection,
    )
