"""What a purged dataset leaves behind: its versions and events, and nothing of the data.

A *deleted* dataset keeps everything and serves nothing, so that it can be restored. A
*purged* one is gone for good: files, rows and the cells that reports quote go, while what
happened when, by whom and why stays to be read.
"""

from __future__ import annotations

from collections.abc import Iterable

import sqlalchemy as sa

import ckan.plugins.toolkit as tk
from ckan import model

from ckanext.gpo.common.actors import Actor
from ckanext.gpo.quality.model import Version
from ckanext.gpo.quality.workflow import State

from . import datastore, storage

_WAYS_OUT = {
    State.RECEIVED: (State.CHECKING, State.REJECTED),
    State.CHECKING: (State.REJECTED,),
    State.PASSED: (State.SUPERSEDED,),
    State.PUBLISHED: (State.SUPERSEDED,),
}


def close(package_id: str, actor: Actor) -> list[str]:
    """End all versions of a dataset, in the caller's transaction.

    :returns: where their files lie, for `erase`
    """
    locations = []
    for version in model.Session.scalars(Version.history(package_id)):
        locations.append(storage.candidate(version.id))
        for file in (version.files or {}).values():
            locations += storage.with_texts(file["location"])
        locations += storage.error_files(version.id, version.report)
        for state in _WAYS_OUT.get(State(version.state), ()):
            version.enter(state, actor, tk._("The dataset was purged"))
        version.files = None
        version.report = None
        version.waiting_for = []
    return locations


def erase(locations: Iterable[str], tables: Iterable[str]) -> None:
    """Remove files and rows. What a crash leaves of them, nobody can reach."""
    for location in locations:
        storage.remove(location)
    for name in tables:
        datastore.drop(name)


def is_known(package_id: str) -> bool:
    """Whether a dataset of this id has, or had, versions."""
    query = sa.select(sa.exists().where(Version.package_id == package_id))
    return bool(model.Session.scalar(query))
