"""What the catalogue asks of CKAN's own tables; it has none itself."""

from __future__ import annotations

from zlib import crc32

import sqlalchemy as sa

from ckan import model


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
    model.Session.execute(
        sa.select(sa.func.pg_advisory_xact_lock(crc32(prefix.encode())))
    )
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
    return (group.extras or {}).get("uscc") if group else None
