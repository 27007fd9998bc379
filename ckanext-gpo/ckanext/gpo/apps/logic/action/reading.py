"""What everybody reads of apps: lists, pages, figures."""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa

import ckan.plugins.toolkit as tk
from ckan import model
from ckan.types import Context, DataDict

from ckanext.gpo.apps import dictize, lookup
from ckanext.gpo.apps.logic import schema
from ckanext.gpo.apps.model import App, Use

from . import cases

_MEAN = App.rating_sum / sa.func.greatest(App.rating_count, 1)

_ORDERS: dict[str, tuple[Any, ...]] = {
    "newest": (App.published.desc(), App.id),
    "rating": (_MEAN.desc(), App.rating_count.desc(), App.published.desc(), App.id),
    "name": (App.public_content["title"].astext, App.id),
}


@tk.side_effect_free
@tk.validate_action_data(schema.app_list)
def gpo_apps_app_list(context: Context, data_dict: DataDict) -> dict[str, Any]:
    """List public apps.

    :param kind: only of this kind, see `gpo_apps_registration_update`
    :type kind: str
    :param platform: only for this platform
    :type platform: str
    :param dataset: only those that use this dataset, by name or id
    :type dataset: str
    :param organization: only those that use a dataset of this department, by name
    :type organization: str
    :param sort: ``newest`` (default), ``rating`` or ``name``
    :type sort: str
    :param limit: how many, at most 100 (default: 20)
    :type limit: int
    :param offset: how many to leave out (default: 0)
    :type offset: int

    :returns: ``{count, results: [{id, name, title, title_en, summary, summary_en, kind,
        platform, picture, dataset_count, published, rating: {count, mean}, link_dead}]}``
    """
    tk.check_access("gpo_apps_app_list", context, data_dict)
    query = App.public()
    for field in ("kind", "platform"):
        if value := data_dict.get(field):
            query = query.where(App.public_content[field].astext == value)
    if reference := data_dict.get("dataset"):
        query = query.where(App.id.in_(_using(_is_dataset(reference))))
    if organization := data_dict.get("organization"):
        query = query.where(App.id.in_(_using(model.Group.name == organization)))
    count = sa.select(sa.func.count()).select_from(query.subquery())
    page = (
        query.order_by(*_ORDERS[data_dict["sort"]])
        .limit(data_dict["limit"])
        .offset(data_dict["offset"])
    )
    return {
        "count": model.Session.scalar(count),
        "results": dictize.entries(list(model.Session.scalars(page))),
    }


@tk.side_effect_free
@tk.validate_action_data(schema.reference)
def gpo_apps_app_show(context: Context, data_dict: DataDict) -> dict[str, Any]:
    """A public app.

    :param id: id or name of the app
    :type id: str

    :returns: ``{id, name, title, title_en, summary, summary_en, description,
        description_en, link, kind, platform, privacy, licence, developer, contact,
        builder_gone, pictures: [{id, width, height}], package: {name, size}, datasets:
        [{id, name, title, version, purpose, public, usage: {views, downloads, calls}}],
        published, rating: {count, mean}, link_dead}``; of a dataset that is
        no longer public, ``{public}`` only
    """
    tk.check_access("gpo_apps_app_show", context, data_dict)
    return dictize.public(cases.public_app(data_dict["id"]))


@tk.side_effect_free
@tk.validate_action_data(schema.totals)
def gpo_apps_totals(context: Context, data_dict: DataDict) -> dict[str, Any]:
    """Count public apps: all, by kind, by dataset and by department whose data they use.

    :param dataset: only those that use this dataset, by name or id
    :type dataset: str

    :returns: ``{apps, kinds: {kind: number}, datasets: {name: number}, organizations:
        {name: number}}``; datasets that are not public are left out
    """
    tk.check_access("gpo_apps_totals", context, data_dict)
    public = App.public()
    if reference := data_dict.get("dataset"):
        public = public.where(App.id.in_(_using(_is_dataset(reference))))
    ids = public.with_only_columns(App.id)
    kind = App.public_content["kind"].astext
    kinds = public.with_only_columns(kind, sa.func.count()).group_by(kind)
    return {
        "apps": model.Session.scalar(
            sa.select(sa.func.count()).select_from(public.subquery())
        ),
        "kinds": dict(model.Session.execute(kinds).tuples().all()),
        "datasets": _counts(model.Package.name, ids),
        "organizations": _counts(model.Group.name, ids),
    }


def _counts(column: Any, apps: sa.Select[tuple[str]]) -> dict[str, int]:
    """Public apps by a column of the datasets that they use, or of their departments."""
    query = (
        sa.select(column, sa.func.count(Use.app.distinct()))
        .join(model.Package, model.Package.id == Use.dataset)
        .join(model.Group, model.Group.id == model.Package.owner_org)
        .where(Use.app.in_(apps), *lookup.is_public_dataset())
        .group_by(column)
        .order_by(column)
    )
    # the join begins with the uses, whatever the column
    return dict(model.Session.execute(query.select_from(Use)).tuples().all())


def _using(condition: sa.ColumnElement[bool]) -> sa.Select[tuple[str]]:
    """Ids of the apps that use a public dataset of which a condition holds."""
    return (
        sa.select(Use.app)
        .select_from(Use)
        .join(model.Package, model.Package.id == Use.dataset)
        .join(model.Group, model.Group.id == model.Package.owner_org)
        .where(condition, *lookup.is_public_dataset())
    )


def _is_dataset(reference: str) -> sa.ColumnElement[bool]:
    return sa.or_(model.Package.name == reference, model.Package.id == reference)
