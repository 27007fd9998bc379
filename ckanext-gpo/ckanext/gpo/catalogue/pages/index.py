"""What the catalogue of disclosure items shows, a page at a time."""

from __future__ import annotations

from itertools import groupby
from operator import itemgetter
from typing import Any

import ckan.plugins.toolkit as tk
from ckan.types import Context

from ckanext.gpo.common.web import paging

ITEMS = 100
"""Disclosure items on a page."""


def content(context: Context) -> dict[str, Any]:
    """The variables of `gpo_catalogue/index.html`, as the query string asks for it."""
    domain, state = tk.request.args.get("domain"), tk.request.args.get("state")
    domains = _ask(context, "gpo_catalogue_domain_list")
    items = _ask(
        context,
        "gpo_catalogue_item_list",
        domain=domain or "",
        state=state or "",
        **paging.window(ITEMS),
    )
    return {
        "domains": domains,
        "sections": _sections(domains, items),
        "datasets": items["item_datasets"],
        "domain": domain,
        "state": state,
        "page": paging.page(items["results"], items["count"], ITEMS),
    }


def _sections(
    domains: list[dict[str, Any]], items: dict[str, Any]
) -> list[dict[str, Any]]:
    """The domains of the items shown, each with its `items` and its `counts`."""
    titles = {domain["name"]: domain for domain in domains}
    return [
        {
            **titles[name],
            "items": list(rows),
            "counts": items["domains"][name],
        }
        for name, rows in groupby(items["results"], itemgetter("domain"))
    ]


def _ask(context: Context, action: str, **data_dict: Any) -> Any:
    return tk.get_action(action)(tk.fresh_context(context), data_dict)
