"""Feeds of the catalogue, at CKAN's addresses. Its own link to pages that are not there."""

from __future__ import annotations

from flask import Blueprint
from werkzeug.wrappers import Response

import ckan.plugins.toolkit as tk

from ckanext.gpo.common.facets import FACETS
from ckanext.gpo.common.web.actions import call_action
from ckanext.gpo.common.web.limited import limited

from . import feed

feeds = Blueprint("gpo_feeds", __name__, url_prefix="/feeds")


@feeds.route("/dataset.atom")
@limited
def latest() -> Response:
    return feed.response(tk._("Latest publications"), {})


@feeds.route("/custom.atom")
@limited
def query() -> Response:
    """What a search finds: `q` and the filters of the search page."""
    q = tk.request.args.get("q", "").strip()
    filters = {
        name: values
        for name in sorted(FACETS)
        if (values := [value for value in tk.request.args.getlist(name) if value])
    }
    return feed.response(q or tk._("Latest publications"), filters, q=q)


@feeds.route("/tag/<id>.atom")
@limited
def tag(id: str) -> Response:
    return feed.response(id, {"tags": [id]}, id=id)


@feeds.route("/group/<id>.atom")
@limited
def domain(id: str) -> Response:
    group = call_action("group_show", id=id)
    title = tk.h.gpo_common_domain(group["name"], group["title"])
    return feed.response(title, {"groups": [group["name"]]}, id=group["name"])


@feeds.route("/organization/<id>.atom")
@limited
def department(id: str) -> Response:
    organization = call_action("organization_show", id=id)
    title = tk.h.gpo_common_department(organization["name"], organization["title"])
    return feed.response(
        title, {"organization": [organization["name"]]}, id=organization["name"]
    )
