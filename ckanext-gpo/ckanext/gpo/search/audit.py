"""Compares the index with the database, and mends it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa

import ckan.plugins.toolkit as tk
from ckan import model
from ckan.lib.search import index_for

from .datemath import milliseconds, solr_date
from .patch import embedded
from .progress import Progress
from .rebuilding import Failures, update

FIELDS = ("name", "state", "capacity", "organization", "metadata_modified")

State = tuple[Any, ...]
"""What a dataset and its document must agree in: the values of FIELDS."""


@dataclass(frozen=True)
class Differences:
    """Ids of datasets that the index lacks, has otherwise, and has too many."""

    missing: set[str]
    stale: set[str]
    extra: set[str]

    def __bool__(self) -> bool:
        return bool(self.missing or self.stale or self.extra)


def compare() -> Differences:
    """What differs, after all that waits has been carried out.

    A site goes on while it is compared: only what differs twice is told.
    """
    found = _differences()
    if not found:
        return found
    model.Session.commit()
    again = _differences()
    return Differences(
        found.missing & again.missing,
        found.stale & again.stale,
        found.extra & again.extra,
    )


def mend(found: Differences, progress: Progress) -> Failures:
    """Index anew what is missing or otherwise, and take out what is too many."""
    for dataset_id in found.extra:
        index_for("Package").delete_package({"id": dataset_id})
    return update(sorted(found.missing | found.stale), progress)


def _differences() -> Differences:
    wanted, there = _in_database(), _in_index()
    return Differences(
        missing=wanted.keys() - there.keys(),
        stale={
            key for key in wanted.keys() & there.keys() if wanted[key] != there[key]
        },
        extra=there.keys() - wanted.keys(),
    )


def _in_database() -> dict[str, State]:
    package, owner = model.Package, model.Group
    wanted = sa.select(
        package.id,
        package.name,
        package.state,
        package.private,
        owner.name,
        package.metadata_modified,
    ).outerjoin(owner, sa.and_(owner.id == package.owner_org, owner.is_organization))
    if tk.config["ckan.search.remove_deleted_packages"]:
        wanted = wanted.where(package.state != "deleted")
    return {
        key: (
            name,
            state,
            "private" if private else "public",
            organization,
            solr_date(milliseconds(modified)),
        )
        for key, name, state, private, organization, modified in (
            model.Session.execute(wanted)
        )
    }


def _in_index() -> dict[str, State]:
    """The documents of this site, whatever their state."""
    site = tk.config["ckan.site_id"]
    found = embedded(decode_dates=False).search(
        "*:*", fq=f'+site_id:"{site}"', rows=2**31, fl=" ".join(("id", *FIELDS))
    )
    return {
        document["id"]: tuple(document.get(field) for field in FIELDS)
        for document in found
    }
