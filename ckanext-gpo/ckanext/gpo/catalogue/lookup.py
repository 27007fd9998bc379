"""Reading what is public, through CKAN's actions and as the caller.

Everybody is answered from public records only, so an answer never says more than its
reader may see.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import ckan.plugins.toolkit as tk
from ckan.types import Context

from .publication import Publication

PAGE = 500


def published(context: Context, query: str = "") -> list[Publication]:
    """Public datasets with their publications, the latest publication first.

    :param query: a further filter in the search's syntax, e.g. `groups:tax`
    """
    found = [
        Publication(dataset, _moments(context, dataset))
        for dataset in search(context, f"+dataset_type:dataset {query}")
    ]
    return sorted(found, key=lambda p: p.last, reverse=True)


def items(context: Context, domain: str) -> list[dict[str, Any]]:
    """Disclosure items of a domain in the order of the catalogue."""
    found = search(context, f'+dataset_type:disclosure-item +groups:"{domain}"')
    return sorted(found, key=lambda item: int(item["seq"]))


def item_counts(context: Context) -> dict[str, int]:
    """Domain → number of its disclosure items."""
    answer = _search(
        context,
        {
            "fq": "+dataset_type:disclosure-item",
            "rows": 0,
            "facet.field": ["groups"],
            "facet.limit": -1,
        },
    )
    return answer["facets"].get("groups", {})


def search(context: Context, query: str) -> Iterator[dict[str, Any]]:
    """All public records that a filter matches."""
    start, count = 0, 1
    while start < count:
        answer = _search(
            context, {"fq": query, "rows": PAGE, "start": start, "sort": "name asc"}
        )
        yield from answer["results"]
        start, count = start + PAGE, answer["count"]


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


def _search(context: Context, params: dict[str, Any]) -> dict[str, Any]:
    return tk.get_action("package_search")(tk.fresh_context(context), params)


def _moments(context: Context, dataset: dict[str, Any]) -> list[str]:
    """When it was published: as the gate knows, else when its record last changed."""
    try:
        versions = tk.get_action("gpo_quality_version_list")(
            tk.fresh_context(context), {"dataset": dataset["name"]}
        )
    except (KeyError, tk.ObjectNotFound, tk.NotAuthorized):
        # KeyError: a site without the gate
        versions = []
    moments = [v["published"] for v in versions if v.get("published")]
    return sorted(moments, reverse=True) or [dataset["metadata_modified"]]
