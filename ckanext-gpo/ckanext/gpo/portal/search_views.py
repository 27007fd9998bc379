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
from ckan.views.group import index as ckan_index

from ckanext.gpo.common.web.actions import call_action, reader_context

from . import search_page
from .facets import Facets

search = Blueprint("gpo_search_pages", __name__)

Answer = str | tuple[str, int]

DEPARTMENTS = "organization"

KINDS = {
    "": "gpo_search_pages.everything",
    "dataset": "dataset.search",
    "disclosure-item": "disclosure-item.search",
    DEPARTMENTS: "organization.index",
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


@search.route("/organization/")
def departments() -> Answer:
    if not p.plugin_loaded("gpo_search"):
        return ckan_index("organization", is_organization=True)
    return _page(DEPARTMENTS)


def _page(kind: str) -> Answer:
    """The page of results; 400 with a word of advice where the query cannot be read."""
    if not p.plugin_loaded("gpo_search"):
        return ckan_search(kind or "dataset")
    asked = search_page.read(tk.request.args.items(multi=True))
    shown: dict[str, Any] = {"asked": asked, "kind": kind, "kinds": KINDS}
    start = (asked.page - 1) * search_page.ROWS
    of_departments = kind == DEPARTMENTS
    try:
        found = tk.get_action("gpo_search_find")(
            reader_context(),
            {
                "q": asked.q,
                "kind": "" if of_departments else kind,
                "filters": asked.filters,
                "sort": asked.sort,
                "start": start,
                "rows": 0 if of_departments else search_page.ROWS,
            },
        )
    except (SearchError, tk.ValidationError):
        return tk.render("gpo_portal/search.html", shown | {"refused": True}), 400
    named = call_action(
        "gpo_search_names",
        q=asked.q,
        kind=DEPARTMENTS,
        start=start if of_departments else 0,
        rows=search_page.ROWS,
    )
    shown |= {
        "found": found,
        "stretches": search_page.stretches(found["results"], found["tiers"], start),
        "page": _paged(named if of_departments else found, asked.page),
        "departments": named,
        "facet_titles": Facets().dataset_facets({}, "dataset"),
        "counts": {
            "": sum(found["kinds"].values()),
            **found["kinds"],
            DEPARTMENTS: named["count"],
        },
    }
    if asked.q and (found["guessed"] or not found["count"]):
        shown["instead"] = call_action(
            "gpo_search_alternatives", q=asked.q, fq=found["fq"]
        )
    return tk.render("gpo_portal/search.html", shown), 200


def _paged(found: dict[str, Any], number: int) -> Page:
    page = Page(
        collection=found["results"],
        page=number,
        url=lambda **_: "",  # the page's own template makes the links
        item_count=found["count"],
        items_per_page=search_page.ROWS,
    )
    page.items = found["results"]
    return page
