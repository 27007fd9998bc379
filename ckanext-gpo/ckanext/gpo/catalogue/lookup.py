"""Reading what is public, as the caller, in a number of statements that stays the same.

Everybody is answered from public records only, so an answer never says more than its
reader may see.
"""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

import ckan.plugins.toolkit as tk
from ckan.types import Context

from ckanext.gpo.common.tables import tables

from . import model
from .publication import Publication

GROUP_ALONE = {
    "include_dataset_count": False,
    "include_users": False,
    "include_groups": False,
    "include_tags": False,
    "include_followers": False,
}
"""What `group_show` would look up besides the group."""


def publications(context: Context, **which: Any) -> tuple[list[Publication], int]:
    """Public datasets, the latest publication first, and how many there are.

    :param which: what `gpo_quality_publication_list` takes
    """
    answer = tk.get_action("gpo_quality_publication_list")(
        tk.fresh_context(context), which
    )
    results = answer["results"]
    records = model.public_datasets([result["dataset"] for result in results])
    publications = [
        Publication(
            records[result["dataset"]],
            result["version"],
            result["published"],
            result["row_count"] or 0,
        )
        for result in results
        if result["dataset"] in records
    ]
    return publications, answer["count"]


def publications_by_dataset(context: Context) -> dict[str, Publication]:
    """Name → publication of those tables that a Data Package describes."""
    names = [table.dataset_name for table in tables().values()]
    listing, _ = publications(context, datasets=names, limit=len(names))
    return {publication.name: publication for publication in listing}


def totals(context: Context) -> dict[str, dict[str, Any]]:
    """Domain → what the gate counts in it; see `gpo_quality_publication_totals`."""
    return tk.get_action("gpo_quality_publication_totals")(
        tk.fresh_context(context), {}
    )


def items(context: Context, names: Collection[str]) -> dict[str, dict[str, Any]]:
    """Name → public record of a disclosure item."""
    if not names:
        return {}
    condition = " OR ".join(f'"{name}"' for name in names)
    answer = tk.get_action("package_search")(
        tk.fresh_context(context),
        {
            "fq": f"+dataset_type:disclosure-item +name:({condition})",
            "rows": len(names),
            "sort": "name asc",
        },
    )
    return {item["name"]: item for item in answer["results"]}


def rows(
    context: Context,
    resource_id: str,
    *,
    filters: dict[str, str],
    sort: str,
    limit: int,
) -> tuple[list[dict[str, Any]], int]:
    """Rows of a table, and how many there are; none if it is not in the DataStore."""
    try:
        answer = tk.get_action("datastore_search")(
            tk.fresh_context(context),
            {
                "resource_id": resource_id,
                "filters": filters,
                "sort": sort,
                "limit": limit,
            },
        )
    except (tk.ObjectNotFound, tk.NotAuthorized):
        return [], 0
    return answer["records"], answer["total"]
