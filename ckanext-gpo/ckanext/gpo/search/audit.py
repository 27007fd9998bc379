"""Compares the index with the database."""

from __future__ import annotations

import sqlalchemy as sa

import ckan.plugins.toolkit as tk
from ckan import model
from ckan.lib.search.common import make_connection


def compare() -> tuple[set[str], set[str]]:
    """The ids of datasets that the index lacks, and of those that it has too many."""
    wanted = sa.select(model.Package.id)
    if tk.config["ckan.search.remove_deleted_packages"]:
        wanted = wanted.where(model.Package.state != "deleted")
    in_database = set(model.Session.scalars(wanted))
    in_index = indexed_ids()
    return in_database - in_index, in_index - in_database


def indexed_ids() -> set[str]:
    """The ids of all documents of this site, whatever their state."""
    site = tk.config["ckan.site_id"]
    found = make_connection().search(
        "*:*", fq=f'+site_id:"{site}"', rows=2**31, fl="id"
    )
    return {document["id"] for document in found}
