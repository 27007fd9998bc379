"""What the registry asks of CKAN's tables: accounts, reviewers, datasets."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa

import ckan.plugins.toolkit as tk
from ckan import model
from ckan.types import Context

from ckanext.gpo.common import notices
from ckanext.gpo.common.web import names

from . import config


@dataclass(frozen=True)
class Dataset:
    """A public dataset, and the department that owns it."""

    id: str
    name: str
    title: str
    organization_id: str
    organization: str


def reviewing_department_id() -> str | None:
    """Id of the department that reviews apps; None if only sysadmins do."""
    group = model.Group.get(config.reviewing_department() or None)
    return group.id if group else None


def reviewers(except_id: str) -> list[model.User]:
    """Who reviews apps, but for one account."""
    sysadmins = sa.select(model.User).where(
        model.User.sysadmin.is_(True),
        model.User.state == model.State.ACTIVE,
        model.User.name != tk.config["ckan.site_id"],  # the platform's own account
    )
    accounts = {user.id: user for user in model.Session.scalars(sysadmins)}
    if department := reviewing_department_id():
        accounts |= {user.id: user for user in notices.department_staff(department)}
    accounts.pop(except_id, None)
    return list(accounts.values())


def active_account(id_: str) -> model.User | None:
    """The account of an id, unless it was deleted."""
    user = model.Session.get(model.User, id_)
    return user if user and user.state == model.State.ACTIVE else None


def active_accounts(ids: Iterable[str]) -> set[str]:
    """Which of these accounts are not deleted."""
    query = sa.select(model.User.id).where(
        model.User.id.in_(list(ids)), model.User.state == model.State.ACTIVE
    )
    return set(model.Session.scalars(query))


def public_datasets(references: Collection[str]) -> dict[str, Dataset]:
    """Id → dataset, of those ids and names whose dataset is public."""
    package, group = model.Package, model.Group
    query = (
        sa.select(package.id, package.name, package.title, group.id, group.name)
        .outerjoin(group, group.id == package.owner_org)
        .where(
            sa.or_(package.id.in_(references), package.name.in_(references)),
            *is_public_dataset(),
        )
    )
    return {
        row[0]: Dataset(row[0], row[1], row[2], row[3] or "", row[4] or "")
        for row in (model.Session.execute(query) if references else ())
    }


def is_public_dataset() -> tuple[sa.ColumnElement[bool], ...]:
    """Of a row of CKAN's packages: that it is a dataset which everybody sees."""
    return (
        model.Package.type == "dataset",
        model.Package.private.is_(False),
        model.Package.state == model.State.ACTIVE,
    )


def uses(listed: Collection[dict[str, Any]], *, english: bool) -> list[dict[str, Any]]:
    """What is told of the datasets that an app uses.

    :returns: ``[{id, name, title, version, purpose, public}]``; of one that is not public
        (any more) no more than that
    """
    datasets = public_datasets([use["id"] for use in listed])
    return [
        {
            "id": dataset.id,
            "name": dataset.name,
            "title": names.dataset(dataset.name, english, dataset.title),
            "version": use["version"],
            "purpose": use["purpose"],
            "public": True,
        }
        if (dataset := datasets.get(use["id"]))
        else {"public": False}
        for use in listed
    ]


def with_usage(listed: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """The datasets of an app with how much each of them is used, by whatever program."""
    public = [use["name"] for use in listed if use["public"]]
    if not public:
        return listed
    totals = tk.get_action("gpo_dataapi_usage_totals")(
        {"user": ""}, {"datasets": public}
    )
    return [
        use | {"usage": totals.get(use["name"])} if use["public"] else use
        for use in listed
    ]


def published_versions(dataset_names: Collection[str]) -> dict[str, int]:
    """Name → number of the version that is public, of those that have one."""
    if not dataset_names:
        return {}
    answer = tk.get_action("gpo_quality_publication_list")(
        Context(ignore_auth=True), {"datasets": list(dataset_names), "limit": 1000}
    )
    return {entry["dataset"]: entry["number"] for entry in answer["results"]}
