"""Departments and domains: their names, which stay as long as something stands in them.

Datasets, items and harvest sources find their department and their domain by name, and
the Data Packages name them; so neither goes nor is renamed under them.
"""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa

import ckan.plugins.toolkit as tk
from ckan import model

from ckanext.gpo.common.web.search_kinds import NamedThing


def named_things(type_: str) -> list[NamedThing]:
    """All departments (`organization`) or domains (`group`), read each time: they are few."""
    group, columns = model.Group, model.group_table.c
    query = sa.select(
        group.name,
        group.title,
        columns.extras["title_en"].astext.label("title_en"),
        group.description,
        columns.extras["description_en"].astext.label("description_en"),
    ).where(group.state == model.State.ACTIVE, group.type == type_)
    return [
        NamedThing(
            row.name,
            row.title or row.name,
            row.title_en or "",
            row.description or "",
            row.description_en or "",
        )
        for row in model.Session.execute(query)
    ]


def refuse_loss(id_: Any) -> None:
    """Refuse to delete a department or domain in which something stands.

    :raises ValidationError: `code` is `department-in-use` or `domain-in-use`
    """
    group = _group(id_)
    if group and _is_in_use(group):
        raise tk.ValidationError(_refusal(group, "message"))


def refuse_change(id_: Any, changes: dict[str, Any]) -> None:
    """Refuse what would take away a department or domain in which something stands.

    :param changes: what is to be written; other fields than state and name are free
    :raises ValidationError: as `refuse_loss`
    """
    group = _group(id_)
    if group is None:
        return
    changed_fields = [
        field
        for field in ("state", "name")
        if changes.get(field) and changes[field] != getattr(group, field)
    ]
    if changed_fields and group.state == model.State.ACTIVE and _is_in_use(group):
        raise tk.ValidationError(_refusal(group, changed_fields[0]))


def _group(id_: Any) -> model.Group | None:
    return model.Group.get(id_) if isinstance(id_, str) else None


def _is_in_use(group: model.Group) -> bool:
    member = sa.exists().where(
        model.Member.table_id == model.Package.id,
        model.Member.group_id == group.id,
        model.Member.table_name == "package",
        model.Member.state == model.State.ACTIVE,
    )
    membership = (
        model.Package.owner_org == group.id if group.is_organization else member
    )
    in_use = sa.exists().where(model.Package.state != model.State.DELETED, membership)
    return bool(model.Session.scalar(sa.select(in_use)))


def _refusal(group: model.Group, field: str) -> dict[str, Any]:
    # CKAN's page of deletion reads the text of `message`; forms read lists.
    if group.is_organization:
        code, message = (
            "department-in-use",
            tk._(
                "The department has datasets, items or harvest sources: it can be "
                "neither deleted nor renamed. Delete them or give them to another "
                "department first"
            ),
        )
    else:
        code, message = (
            "domain-in-use",
            tk._(
                "The domain has datasets or items: it can be neither deleted nor "
                "renamed. Take them out of it first"
            ),
        )
    return {field: message if field == "message" else [message], "code": [code]}
