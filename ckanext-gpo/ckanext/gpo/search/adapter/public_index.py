"""What the public may see of the site, for answers that are the same for everybody."""

from __future__ import annotations

import sqlalchemy as sa

import ckan.plugins.toolkit as tk
from ckan import model
from ckan.lib.plugins import get_permission_labels
from ckan.lib.search.query import QUERY_FIELDS

from ckanext.gpo.search.scoring import ranking
from ckanext.gpo.search.suggest import Entry, Public, Spelling, Suggester

from .patch import make_connection

KINDS = ("organization", "group")


def public_suggester() -> Suggester:
    """The index as it is now, narrowed to what a reader without an account may see."""
    labels = get_permission_labels().get_user_dataset_labels(None)
    public = Public(tk.config["ckan.site_id"], tuple(labels))
    return Suggester(make_connection().engine.state(), public)


def public_spelling(fq: list[str]) -> Spelling:
    """Other queries for one that `package_search` was asked with these filters."""
    params = {
        "defType": "dismax",
        "qf": QUERY_FIELDS,
        "mm": ranking.CKAN_MINIMUM,
        "tie": ranking.CKAN_TIE,
        "df": "text",
        "q.op": "AND",
        "fq": fq,
    }
    return Spelling(public_suggester(), params)


def named_groups() -> list[Entry]:
    """Departments and domains, read each time: they are few, and always right."""
    group, columns = model.Group, model.group_table.c
    query = sa.select(
        group.type,
        group.name,
        group.title,
        columns.extras["title_en"].astext.label("title_en"),
        group.description,
        columns.extras["description_en"].astext.label("description_en"),
    ).where(group.state == model.State.ACTIVE, group.type.in_(KINDS))
    return [
        Entry(
            row.type,
            row.name,
            row.title or row.name,
            row.title_en or "",
            description=row.description or "",
            description_en=row.description_en or "",
        )
        for row in model.Session.execute(query)
    ]
