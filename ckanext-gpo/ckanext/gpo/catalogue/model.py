"""What the catalogue asks of CKAN's own tables; it has none itself."""

from __future__ import annotations

import json
from collections.abc import Collection
from typing import Any

import sqlalchemy as sa
from sqlalchemy.dialects.postgresql import JSONB

from ckan import model

from ckanext.gpo.common import locks


def dataset_titles(except_id: str | None) -> list[str]:
    """Titles of all other datasets that are not deleted."""
    query = sa.select(model.Package.title).where(
        model.Package.type == "dataset",
        model.Package.state != model.State.DELETED,
        model.Package.id != (except_id or ""),
    )
    return list(model.Session.scalars(query))


def res_codes(prefix: str, except_id: str | None) -> list[str]:
    """Codes of the other datasets within a classification.

    Until this transaction ends nobody else may number within it, so that two datasets
    made at the same time do not get the same code.
    """
    locks.lock_numbering(prefix)
    code = model.Package.extras["res_code"].astext
    query = sa.select(code).where(
        model.Package.type == "dataset",
        code.startswith(f"{prefix}/", autoescape=True),
        model.Package.id != (except_id or ""),
    )
    return list(model.Session.scalars(query))


def stored_extra(package_id: str | None, name: str) -> object:
    """A field of a dataset as it is in the database, or None."""
    package = model.Package.get(package_id) if package_id else None
    return (package.extras or {}).get(name) if package else None


def stored_resource_extra(resource_id: str | None, name: str) -> object:
    """A field of a resource as it is in the database, or None."""
    resource = model.Resource.get(resource_id) if resource_id else None
    return (resource.extras or {}).get(name) if resource else None


def organization_uscc(organization_id: str) -> str | None:
    """The 统一社会信用代码 of a department."""
    group = model.Group.get(organization_id)
    # CKAN's class does not declare the column of its table
    extras = group.extras if group else None  # pyright: ignore[reportAttributeAccessIssue]
    return (extras or {}).get("uscc")


def domains() -> list[dict[str, Any]]:
    """The domains with their fields, as `group_show` tells them."""
    query = sa.select(
        model.Group.name,
        model.Group.title,
        model.Group.description,
        model.group_table.c.extras,
    ).where(model.Group.type == "group", model.Group.state == model.State.ACTIVE)
    return [
        {"name": name, "title": title, "description": description, **(extras or {})}
        for name, title, description, extras in model.Session.execute(query)
    ]


def public_items() -> list[dict[str, Any]]:
    """All public disclosure items: `{name, domain, seq, table_refs}`, in no order."""
    extras = model.Package.extras
    query = (
        sa.select(
            model.Package.name,
            model.Group.name,
            extras["seq"].astext,
            extras["table_refs"].astext,
        )
        .join(model.Member, model.Member.table_id == model.Package.id)
        .join(model.Group, model.Group.id == model.Member.group_id)
        .where(
            *_public("disclosure-item"),
            model.Member.table_name == "package",
            model.Member.state == model.State.ACTIVE,
            model.Group.type == "group",
        )
    )
    return [
        {
            "name": name,
            "domain": domain,
            "seq": int(seq),
            "table_refs": json.loads(table_refs or "[]"),
        }
        for name, domain, seq, table_refs in model.Session.execute(query)
    ]


def item_ids(table_ref: str) -> list[str]:
    """Ids of the public disclosure items that a table fulfils."""
    refs = sa.cast(model.Package.extras["table_refs"].astext, JSONB)
    query = sa.select(model.Package.id).where(
        *_public("disclosure-item"), refs.contains([table_ref])
    )
    return list(model.Session.scalars(query.order_by(model.Package.id)))


def public_datasets(names: Collection[str]) -> dict[str, dict[str, Any]]:
    """Name → what a list tells of a public dataset.

    `{name, title, title_en, notes, notes_en, organization, data_kind, update_freq,
    resource_id}`: the department by its name, the resource that is the table.
    """
    query = (
        sa.select(model.Package, model.Group.name, model.Resource.id)
        .outerjoin(model.Group, model.Group.id == model.Package.owner_org)
        .outerjoin(
            model.Resource,
            sa.and_(
                model.Resource.package_id == model.Package.id,
                model.Resource.position == 0,
                model.Resource.state == model.State.ACTIVE,
            ),
        )
        .where(*_public("dataset"), model.Package.name.in_(names))
    )
    return {
        package.name: {
            "name": package.name,
            "title": package.title,
            "notes": package.notes or "",
            **{
                field: (package.extras or {}).get(field, "")
                for field in ("title_en", "notes_en", "data_kind", "update_freq")
            },
            "organization": organization,
            "resource_id": resource_id,
        }
        for package, organization, resource_id in model.Session.execute(query)
    }


def _public(type_: str) -> tuple[sa.ColumnElement[bool], ...]:
    return (
        model.Package.type == type_,
        model.Package.private.is_(False),
        model.Package.state == model.State.ACTIVE,
    )
