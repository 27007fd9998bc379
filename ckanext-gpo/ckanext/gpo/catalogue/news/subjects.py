"""What of the catalogue can be followed: datasets, domains, departments, items."""

from __future__ import annotations

from collections.abc import Iterator

import sqlalchemy as sa

from ckan import model

from ckanext.gpo.catalogue.model import item_ids
from ckanext.gpo.catalogue.release import TYPE as ITEM
from ckanext.gpo.common.news import Profile, Subject, SubjectKind
from ckanext.gpo.common.notices import Link
from ckanext.gpo.common.web import names


def _dataset(key: str, english: bool) -> Profile | None:
    package = _public_package(key, "dataset")
    if package is None:
        return None
    title = names.dataset(package.name, english, package.title)
    return Profile(title, Link("gpo_catalogue.dataset", {"id": package.name}))


def _item(key: str, english: bool) -> Profile | None:
    package = _public_package(key, ITEM)
    if package is None:
        return None
    title = (package.extras or {}).get("title_en") if english else ""
    link = Link("gpo_catalogue.item", {"id": package.name})
    return Profile(title or package.title, link)


def _domain(key: str, english: bool) -> Profile | None:
    group = model.Group.get(key)
    if group is None or group.is_organization or group.state != model.State.ACTIVE:
        return None
    title = names.domain(group.name, english, group.title or "")
    return Profile(title, Link("gpo_catalogue.domain", {"name": group.name}))


def _department(key: str, english: bool) -> Profile | None:
    group = model.Group.get(key)
    if group is None or not group.is_organization or group.state != model.State.ACTIVE:
        return None
    title = names.department(group.name, english, group.title or "")
    return Profile(title, Link("organization.read", {"id": group.name}))


def _public_package(key: str, type_: str) -> model.Package | None:
    package = model.Session.get(model.Package, key)
    is_public = (
        package is not None
        and package.type == type_
        and package.state == model.State.ACTIVE
        and not package.private
    )
    return package if is_public else None


def _parents(key: str) -> Iterator[Subject]:
    package = model.Session.get(model.Package, key)
    if package is None:
        return
    for domain in _domains(package.id):
        yield Subject("domain", domain)
    if package.owner_org:
        yield Subject("department", package.owner_org)
    if table_ref := (package.extras or {}).get("table_ref"):
        for item in item_ids(table_ref):
            yield Subject("item", item)


def _domains(package_id: str) -> list[str]:
    query = (
        sa.select(model.Group.name)
        .join(model.Member, model.Member.group_id == model.Group.id)
        .where(
            model.Member.table_name == "package",
            model.Member.table_id == package_id,
            model.Member.state == model.State.ACTIVE,
            model.Group.type == "group",
            model.Group.state == model.State.ACTIVE,
        )
        .order_by(model.Group.name)
    )
    return list(model.Session.scalars(query))


KINDS = (
    SubjectKind("dataset", lambda _: _("Dataset"), _dataset, _parents),
    SubjectKind("domain", lambda _: _("Domain"), _domain),
    SubjectKind("department", lambda _: _("Department"), _department),
    SubjectKind("item", lambda _: _("Disclosure item"), _item, _parents),
)
