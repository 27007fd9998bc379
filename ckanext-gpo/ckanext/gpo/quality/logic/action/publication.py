"""What is public now, of many datasets at once: for lists."""

from __future__ import annotations

from datetime import datetime, timedelta, timezone
from typing import Any

import ckan.plugins.toolkit as tk
from ckan import model
from ckan.types import Context, DataDict

from ckanext.gpo.quality.history import dictize, publications
from ckanext.gpo.quality.logic import publication_schema as schema
from ckanext.gpo.quality.model import Version
from ckanext.gpo.quality.publication import record

from . import version as versions

YEAR = timedelta(days=366)
"""How far back the months of `gpo_quality_publication_totals` reach."""


@tk.side_effect_free
@tk.validate_action_data(schema.publication_list)
def gpo_quality_publication_list(
    context: Context, data_dict: DataDict
) -> dict[str, Any]:
    """List what is public now, the latest publication first.

    :param datasets: only the datasets of these names, at most 1,000
    :type datasets: list of strings
    :param domain: only the datasets of this domain
    :type domain: str
    :param since: only what was published after this moment (ISO 8601, UTC unless it
        says so)
    :type since: str
    :param limit: how many, at most 1,000 (default: 100)
    :type limit: int
    :param offset: how many to leave out (default: 0)
    :type offset: int

    :returns: ``{count, results: [{dataset, version, number, published, row_count,
        table_ref, resource}]}``; ``count`` tells all that fit, ``version`` is the id of
        the published version, ``resource`` the one under which the DataStore has the rows
    """
    tk.check_access("gpo_quality_publication_list", context, data_dict)
    count, results = publications.page(
        data_dict.get("datasets"),
        data_dict.get("domain"),
        data_dict["limit"],
        data_dict["offset"],
        since=data_dict.get("since"),
    )
    return {"count": count, "results": results}


@tk.side_effect_free
@tk.validate_action_data(schema.publication_histories)
def gpo_quality_publication_histories(
    context: Context, data_dict: DataDict
) -> dict[str, list[dict[str, Any]]]:
    """Tell when the versions of datasets were published, of many datasets at once.

    :param datasets: names of datasets, at most 1,000
    :type datasets: list of strings

    :returns: dataset → ``[{version, published, state}]``, the oldest first; a dataset that
        is not public now is left out. ``version`` is a number, ``state`` is published,
        superseded or withdrawn
    """
    tk.check_access("gpo_quality_publication_histories", context, data_dict)
    return publications.histories(data_dict["datasets"])


@tk.side_effect_free
@tk.validate_action_data(schema.publication_show)
def gpo_quality_publication_show(
    context: Context, data_dict: DataDict
) -> dict[str, Any]:
    """Tell what is published of a dataset now; cheap to ask for with every page.

    :param dataset: name or id of the dataset
    :type dataset: str

    :returns: ``{dataset, title, private, resource, table_ref, version, number, published,
        row_count}``; ``resource`` is the id under which the DataStore has the rows,
        ``version`` the id of the published version
    :raises NotFound: nothing is published of it, or the reader may not see it
    """
    tk.check_access("gpo_quality_publication_show", context, data_dict)
    dataset = versions.package(data_dict["dataset"])
    version = Version.get_published(dataset.id)
    if version is None or dataset.state != model.State.ACTIVE:
        raise tk.ObjectNotFound(tk._("Nothing is published of this dataset"))
    return {
        "dataset": dataset.name,
        "title": dataset.title,
        "private": dataset.private,
        "resource": record.resource_id(dataset.id),
        "table_ref": version.table_ref,
        "version": version.id,
        "number": version.number,
        "published": dictize.iso(version.published),
        "row_count": version.row_count or 0,
    }


@tk.side_effect_free
def gpo_quality_publication_totals(
    context: Context, data_dict: DataDict
) -> dict[str, dict[str, Any]]:
    """Tell how much is public in each domain.

    :returns: domain → ``{datasets, rows, latest, published, months}``: how many datasets
        and rows, the name of the dataset published last and when, and for each month of
        the last year (Asia/Shanghai) in which anything was published how often; a domain
        without a public dataset is left out
    """
    tk.check_access("gpo_quality_publication_totals", context, data_dict)
    return publications.totals(datetime.now(timezone.utc) - YEAR)
