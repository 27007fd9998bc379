"""The search: all kinds, or one of them. Its pages stand where CKAN has its own.

On a site that runs on Solr, without gpo_search, CKAN's own view answers.
"""

from __future__ import annotations

from typing import Any

from flask import Blueprint

import ckan.plugins as p
import ckan.plugins.toolkit as tk
from ckan.lib.helpers import Page
from ckan.lib.search import SearchError
from ckan.views.dataset import search as ckan_search

from . import search_page
from .asking import ask, context
from .facets import Facets

search = Blueprint("gpo_search_pages", __name__)

Answer = str | tuple[str, int]

KINDS = {
    "": "gpo_search_pages.everything",
    "dataset": "dataset.search",
    "disclosure-item": "disclosure-item.search",
    "organization": "organization.index",
}
"""The tabs, in their order, with their addresses."""


@search.route("/search")
def everything() -> Answer:
    return _page("")


@search.route("/dataset/")
def datasets() -> Answer:
    return _page("dataset")


@search.route("/disclosure-item/")
def items() -> Answer:
    return _page("disclosure-item")


def _page(kind: str) -> Answer:
    """The page of results; 400 with a word of advice where the query cannot be read."""
    if not p.plugin_loaded("gpo_search"):
        return ckan_search(kind or "dataset")
    asked = search_page.read(tk.request.args.items(multi=True))
    shown: dict[str, Any] = {"asked": asked, "kind": kind, "kinds": KINDS}
    try:
        found = tk.get_action("gpo_search_find")(
            context(),
            {
                "q": asked.q,
                "kind": kind,
                "filters": asked.filters,
                "sort": asked.sort,
                "start": (asked.page - 1) * search_page.ROWS,
                "rows": search_page.ROWS,
            },
        )
    except (SearchError, tk.ValidationError):
        return tk.render("gpo_portal/search.html", shown | {"refused": True}), 400
    departments = ask("gpo_search_names", q=asked.q, kind="organization")
    page = Page(
        collection=found["results"],
        page=asked.page,
        url=lambda **_: "",  # the page's own template makes the links
        item_count=found["count"],
        items_per_page=search_page.ROWS,
    )
    page.items = found["results"]
    shown |= {
        "found": found,
        "page": page,
        "facet_titles": Facets().dataset_facets({}, "dataset"),
        "departments": departments,
        "counts": {
            "": sum(found["kinds"].values()),
            **found["kinds"],
            "organization": departments["count"],
        },
    }
    if asked.q and (found["guessed"] or not found["count"]):
        shown["instead"] = ask("gpo_search_alternatives", q=asked.q, fq=found["fq"])
    return tk.render("gpo_portal/search.html", shown), 200
