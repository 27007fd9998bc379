"""Lists a page at a time, by the `page` of the query string."""

from __future__ import annotations

from typing import Any

import ckan.plugins.toolkit as tk
from ckan.lib.pagination import Page

MAX_OFFSET = 2**31 - 1
"""The highest that the database takes."""


def window(size: int) -> dict[str, int]:
    """The part of a list that is asked for, as actions take it."""
    number = tk.h.get_page_number(tk.request.args)
    return {"limit": size, "offset": min((number - 1) * size, MAX_OFFSET)}


def page(entries: list[dict[str, Any]], count: int, size: int) -> Page:
    """The page that is asked for, for `gpo_common/snippets/pages.html`.

    :param entries: what stands on it; `count` says how much there is on all pages
    """
    return Page(
        collection=entries,
        presliced_list=True,
        page=tk.h.get_page_number(tk.request.args),
        items_per_page=size,
        item_count=count,
    )
