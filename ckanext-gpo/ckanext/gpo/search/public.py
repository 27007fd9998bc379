"""What the public may see of the site, for answers that are the same for everybody."""

from __future__ import annotations

import sqlalchemy as sa

import ckan.plugins.toolkit as tk
from ckan import model
from ckan.lib.plugins import get_permission_labels

from .patch import make_connection
from .suggesting import Entry, Public, Suggesting

KINDS = ("organization", "group")


def now() -> Suggesting:
    """The index as it is now, narrowed to what a reader without an account may see."""
    labels = get_permission_labels().get_user_dataset_labels(None)
    public = Public(tk.config["ckan.site_id"], tuple(labels))
    return Suggesting(make_connection().engine.state(), public)


def groups() -> list[Entry]:
    """Departments and domains, read each time: they are few, and always right."""
    group = model.Group
    query = sa.select(
        group.type,
        group.name,
        group.title,
        group.extras["title_en"].astext,
        group.description,
    ).where(group.state == model.State.ACTIVE, group.type.in_(KINDS))
    return [
        Entry(kind, name, title or name, title_en or "", description=description or "")
        for kind, name, title, title_en, description in model.Session.execute(query)
    ]
