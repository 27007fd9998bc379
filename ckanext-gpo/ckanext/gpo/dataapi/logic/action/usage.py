"""How much datasets are used, and what is done with the keys of an account."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict
from typing import Any

import sqlalchemy as sa

import ckan.plugins.toolkit as tk
from ckan import model
from ckan.types import Context, DataDict

from ckanext.gpo.dataapi import usage
from ckanext.gpo.dataapi.logic import schema
from ckanext.gpo.dataapi.usage import KeyFigures, Totals


@tk.side_effect_free
@tk.validate_action_data(schema.dataset)
def gpo_dataapi_usage_show(context: Context, data_dict: DataDict) -> dict[str, Any]:
    """How much a dataset is used: page views, downloads, calls of the API.

    What happened in the last minute may be missing.

    :param dataset: name or id of the dataset
    :type dataset: str

    :returns: ``{dataset, since, views, downloads, calls, formats, months, days}``:
        ``since`` is the first day that something was counted, or None; ``formats`` are
        downloads by format, without those from before formats were told apart; ``months``
        lists ``{month, views, downloads, calls}`` of the last twelve, ``days`` ``{day,
        views, downloads, calls}`` of the last thirty
    :raises NotFound: there is no such dataset, or the reader may not see it
    """
    tk.check_access("gpo_dataapi_usage_show", context, data_dict)
    name = _name(data_dict["dataset"])
    figures = usage.figures(name)
    return {
        "dataset": name,
        "since": figures.since and figures.since.isoformat(),
        **asdict(figures.total),
        "formats": figures.formats,
        "months": [{"month": m, **asdict(used)} for m, used in figures.months.items()],
        "days": _days(figures.days),
    }


@tk.side_effect_free
@tk.validate_action_data(schema.usage_totals)
def gpo_dataapi_usage_totals(
    context: Context, data_dict: DataDict
) -> dict[str, dict[str, int]]:
    """How much datasets are used, since counting began.

    :param datasets: names, at most 100; if left out, all public datasets that were used
    :type datasets: list of strings

    :returns: name → ``{views, downloads, calls}``, for those datasets that the reader may
        see
    """
    tk.check_access("gpo_dataapi_usage_totals", context, data_dict)
    if "datasets" not in data_dict:
        return {name: asdict(used) for name, used in usage.public_totals().items()}
    visible = [name for name in data_dict["datasets"] if _may_see(context, name)]
    return {name: asdict(used) for name, used in usage.totals(visible).items()}


@tk.side_effect_free
@tk.validate_action_data(schema.organization)
def gpo_dataapi_department_usage_show(
    context: Context, data_dict: DataDict
) -> dict[str, Any]:
    """How much the public datasets of a department are used, since counting began.

    :param organization: name or id of the department
    :type organization: str

    :returns: ``{organization, datasets, views, downloads, calls}``: ``datasets`` is how many
        of them are public
    :raises NotFound: there is no such department
    """
    tk.check_access("gpo_dataapi_department_usage_show", context, data_dict)
    group = model.Group
    reference = data_dict["organization"]
    query = sa.select(group.id, group.name).where(
        sa.or_(group.name == reference, group.id == reference),
        group.is_organization.is_(True),
        group.state == model.State.ACTIVE,
    )
    row = model.Session.execute(query).first()
    if row is None:
        raise tk.ObjectNotFound(tk._("Department not found"))
    datasets, used = usage.department_totals(row.id)
    return {"organization": row.name, "datasets": datasets, **asdict(used)}


@tk.side_effect_free
@tk.validate_action_data(schema.download_totals)
def gpo_dataapi_download_totals(
    context: Context, data_dict: DataDict
) -> dict[str, int]:
    """How often files of datasets were downloaded, since counting began.

    :param datasets: names, at most 100
    :type datasets: list of strings

    :returns: name → count, for those datasets that the reader may see
    """
    tk.check_access("gpo_dataapi_download_totals", context, data_dict)
    visible = [name for name in data_dict["datasets"] if _may_see(context, name)]
    return {name: used.downloads for name, used in usage.totals(visible).items()}


@tk.side_effect_free
@tk.validate_action_data(schema.nothing)
def gpo_dataapi_key_usage_list(
    context: Context, data_dict: DataDict
) -> list[dict[str, Any]]:
    """What was done with the keys (API tokens) of your account in the last thirty days.

    What happened in the last minute may be missing.

    :returns: ``[{id, name, created, last_access, views, downloads, calls, days,
        datasets}]``, the newest first: ``days`` lists ``{day, views, downloads, calls}``,
        ``datasets`` ``{dataset, views, downloads, calls}``, the most used first; there
        ``dataset`` is empty for calls that were about none
    """
    tk.check_access("gpo_dataapi_key_usage_list", context, data_dict)
    tokens = tk.get_action("api_token_list")(
        tk.fresh_context(context), {"user_id": context.get("user", "")}
    )
    figures = usage.key_figures([token["id"] for token in tokens])
    return [_key(token, figures[token["id"]]) for token in reversed(tokens)]


def _name(reference: str) -> str:
    package = model.Package
    is_meant = sa.or_(package.name == reference, package.id == reference)
    name = model.Session.scalars(sa.select(package.name).where(is_meant)).first()
    if name is None:
        raise tk.ObjectNotFound(tk._("Dataset not found"))
    return name


def _key(token: Mapping[str, Any], figures: KeyFigures) -> dict[str, Any]:
    return {
        "id": token["id"],
        "name": token["name"],
        "created": token["created_at"],
        "last_access": token["last_access"],
        **asdict(figures.total),
        "days": _days(figures.days),
        "datasets": [
            {"dataset": name, **asdict(used)} for name, used in figures.datasets.items()
        ],
    }


def _days(days: Mapping[Any, Totals]) -> list[dict[str, Any]]:
    return [{"day": day.isoformat(), **asdict(used)} for day, used in days.items()]


def _may_see(context: Context, name: str) -> bool:
    try:
        return tk.check_access("package_show", tk.fresh_context(context), {"id": name})
    except (tk.NotAuthorized, tk.ObjectNotFound):
        return False
