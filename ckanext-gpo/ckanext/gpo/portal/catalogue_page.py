"""What the catalogue of disclosure items shows, a page at a time."""

from __future__ import annotations

from itertools import groupby
from operator import itemgetter
from typing import Any

import ckan.plugins.toolkit as tk
from ckan.lib.pagination import Page
from ckan.types import Context

ITEMS = 100
"""Disclosure items on a page."""


def content(context: Context) -> dict[str, Any]:
    """The variables of `gpo_portal/catalogue.html`, as the query string wants it."""
    domain, state = tk.request.args.get("domain"), tk.request.args.get("state")
    domains = _ask(context, "gpo_catalogue_domain_list")
    items = _ask(
        context,
        "gpo_catalogue_item_list",
        domain=domain or "",
        state=state or "",
        **window(ITEMS),
    )
    return {
        "listed": domains,
        "domains": _sections(domains, items),
        "datasets": items["item_datasets"],
        "chosen_domain": domain,
        "state": state,
        "page": page(items["results"], items["count"], ITEMS),
    }


def window(size: int) -> dict[str, int]:
    """The part of a list that the query string's `page` means, as actions take it."""
    number = tk.h.get_page_number(tk.request.args)
    return {"limit": size, "offset": min((number - 1) * size, 2**31 - 1)}


def page(items: list[dict[str, Any]], count: int, size: int) -> Page:
    """The page of a list, for `gpo_portal/snippets/pages.html`."""
    return Page(
        collection=items,
        presliced_list=True,
        page=tk.h.get_page_number(tk.request.args),
        items_per_page=size,
        item_count=count,
    )


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
