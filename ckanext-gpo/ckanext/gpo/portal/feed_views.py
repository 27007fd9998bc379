"""Feeds of the catalogue, at CKAN's addresses. Its own link to pages that are not there."""

from __future__ import annotations

from math import ceil
from typing import Any

from flask import Blueprint
from werkzeug.wrappers import Response

import ckan.plugins.toolkit as tk
from ckan.lib.search import SearchError

from ckanext.gpo.common.facets import FACETS
from ckanext.gpo.common.web.actions import call_action, reader_context

from . import catalogue_feed, helpers

feeds = Blueprint("gpo_feeds", __name__, url_prefix="/feeds")


@feeds.route("/dataset.atom")
def latest() -> Response:
    return _feed(tk._("Latest publications"), {})


@feeds.route("/custom.atom")
def query() -> Response:
    """What a search finds: `q` and the filters of the search page."""
    q = tk.request.args.get("q", "").strip()
    filters = {
        name: values
        for name in sorted(FACETS)
        if (values := [value for value in tk.request.args.getlist(name) if value])
    }
    return _feed(q or tk._("Latest publications"), filters, q=q)


@feeds.route("/tag/<id>.atom")
def tag(id: str) -> Response:
    return _feed(id, {"tags": [id]}, id=id)


@feeds.route("/group/<id>.atom")
def domain(id: str) -> Response:
    group = call_action("group_show", id=id)
    title = helpers.gpo_portal_domain(group["name"], group["title"])
    return _feed(title, {"groups": [group["name"]]}, id=group["name"])


@feeds.route("/organization/<id>.atom")
def department(id: str) -> Response:
    found = call_action("organization_show", id=id)
    title = helpers.gpo_portal_department(found["name"], found["title"])
    return _feed(title, {"organization": [found["name"]]}, id=found["name"])


def _feed(title: str, filters: dict[str, list[str]], **arguments: Any) -> Response:
    """The feed of what a search with these filters finds, under the present endpoint.

    :param arguments: of the address, beside the filters of `custom.atom`
    """
    page = tk.h.get_page_number(tk.request.args)
    rows = tk.config["ckan.feeds.limit"]
    search = {
        "q": arguments.get("q") or "*:*",
        "fq_list": [_filter(name, v) for name, vs in filters.items() for v in vs],
        "sort": "metadata_modified desc",
        "start": (page - 1) * rows,
        "rows": rows,
    }
    try:
        found = tk.get_action("package_search")(reader_context(), search)
    except (SearchError, tk.ValidationError):
        return tk.abort(
            400,
            tk._(
                "The search could not be answered. Quotation marks and brackets have to "
                "come in pairs; try the words alone."
            ),
        )
    endpoint = tk.request.endpoint or ""
    if endpoint == "gpo_feeds.query":
        arguments |= filters
    feed = catalogue_feed.Feed(
        title=f"{title} · {helpers.gpo_portal_title()}",
        alternate=tk.url_for(
            "dataset.search", qualified=True, q=arguments.get("q"), **filters
        ),
        address=catalogue_feed.Address(endpoint, arguments),
        page=page,
        pages=max(1, ceil(found["count"] / rows)),
    )
    return Response(
        catalogue_feed.atom(feed, found["results"]), mimetype="application/atom+xml"
    )


def _filter(name: str, value: str) -> str:
    escaped = value.replace("\\", "\\\\").replace('"', '\\"')
    return f'{name}:"{escaped}"'
