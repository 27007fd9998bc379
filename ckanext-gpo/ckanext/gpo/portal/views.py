"""The platform's own pages. Each view reads the address, calls actions and renders."""

from __future__ import annotations

from typing import Any

from flask import Blueprint
from werkzeug.wrappers import Response

import ckan.plugins.toolkit as tk
from ckan.views.api import i18n_js_translations

from ckanext.gpo.common.web.actions import call_action, reader_context
from ckanext.gpo.common.web.datasets import find_dataset

from . import api_page, catalogue_page, dataset_page, headers, home_page
from .feed_views import feeds
from .replaced_pages import replaced
from .search_views import search

__all__ = ["feeds", "portal", "replaced", "search"]

DATASETS = 50
"""Datasets on a page of a domain."""

portal = Blueprint("gpo_portal", __name__)
portal.after_app_request(headers.secure)


@portal.route("/")
def home() -> str:
    return tk.render("gpo_portal/home.html", home_page.content(reader_context()))


@portal.route("/domain/<name>")
def domain(name: str) -> str:
    listing = call_action(
        "gpo_catalogue_domain_show", id=name, **catalogue_page.window(DATASETS)
    )
    page = catalogue_page.page(listing["datasets"], listing["dataset_count"], DATASETS)
    return tk.render("gpo_portal/domain.html", {"domain": listing, "page": page})


@portal.route("/catalogue")
def catalogue() -> str:
    """All disclosure items, narrowed by `domain` and `state` of the query string."""
    return tk.render(
        "gpo_portal/catalogue.html", catalogue_page.content(reader_context())
    )


@portal.route("/dataset/<id>")
def dataset(id: str) -> str | Response:
    pkg = find_dataset(id)
    if pkg["type"] != "dataset":
        return tk.redirect_to(f"{pkg['type']}.read", id=pkg["name"])
    if id != pkg["name"]:
        return tk.redirect_to("gpo_portal.dataset", id=pkg["name"])
    return tk.render(
        "gpo_portal/dataset.html", dataset_page.content(reader_context(), pkg)
    )


@portal.route("/disclosure-item/<id>")
def item(id: str) -> str:
    record = call_action("gpo_catalogue_item_show", id=id)
    return tk.render("gpo_portal/item.html", {"item": record})


@portal.route("/desk")
def desk() -> str | Response:
    if tk.current_user.is_anonymous:
        return tk.redirect_to("user.login", came_from=tk.url_for("gpo_portal.desk"))
    organizations = call_action(
        "organization_list_for_user", permission="update_dataset"
    )
    candidates = call_action("gpo_quality_candidate_list") if organizations else []
    return tk.render(
        "gpo_portal/desk.html",
        {"organizations": organizations, "candidates": candidates},
    )


@portal.route("/api-guide")
def api_guide() -> str:
    return tk.render("gpo_portal/api_guide.html", api_page.content(reader_context()))


@portal.route("/api/i18n/<lang>")
def script_words(lang: str) -> Any:
    """The words of CKAN's scripts, which ask for `zh_Hans-CN` where `zh_Hans_CN` is meant.

    Without an answer CKAN starts none of its page modules.
    """
    return i18n_js_translations(lang.replace("-", "_"))


@portal.route("/group/")
def domains() -> Response:
    """CKAN's list of groups: here the groups are the nine domains, on the home page."""
    return tk.redirect_to("home.index", _anchor="domains")


@portal.route("/group/<id>")
def group(id: str) -> Response:
    return tk.redirect_to("gpo_portal.domain", name=id)
