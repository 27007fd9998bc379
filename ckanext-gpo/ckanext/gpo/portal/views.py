"""The platform's own pages. Each view reads the address, calls actions and renders."""

from __future__ import annotations

from typing import Any

from flask import Blueprint
from werkzeug.wrappers import Response

import ckan.plugins.toolkit as tk
from ckan.views.api import i18n_js_translations

from ckanext.gpo.common.tables import table
from ckanext.gpo.common.web.actions import call_action, reader_context

from . import api_page, catalogue_page, dataset_page, headers, helpers, home_page
from .feed_views import feeds
from .history_views import history
from .replaced_pages import replaced
from .search_views import search
from .withdrawn_page import dataset_of

__all__ = ["feeds", "history", "portal", "replaced", "search"]

CHECKED = 1000
"""Datasets on the page of the checks at most: more than there are tables."""

DATASETS = 50
"""Datasets on a page of a domain."""

portal = Blueprint("gpo_portal", __name__)
portal.after_app_request(headers.secure)


@portal.route("/")
def home() -> str:
    return tk.render("gpo_portal/home.html", home_page.content(reader_context()))


@portal.route("/domain/<name>")
def domain(name: str) -> str:
    found = call_action(
        "gpo_catalogue_domain_show", id=name, **catalogue_page.window(DATASETS)
    )
    page = catalogue_page.page(found["datasets"], found["dataset_count"], DATASETS)
    return tk.render("gpo_portal/domain.html", {"domain": found, "page": page})


@portal.route("/catalogue")
def catalogue() -> str:
    """All disclosure items, narrowed by `domain` and `state` of the query string."""
    return tk.render(
        "gpo_portal/catalogue.html", catalogue_page.content(reader_context())
    )


@portal.route("/dataset/<id>")
def dataset(id: str) -> str | Response:
    pkg = dataset_of(id)
    if pkg["type"] != "dataset":
        return tk.redirect_to(f"{pkg['type']}.read", id=pkg["name"])
    if id != pkg["name"]:
        return tk.redirect_to("gpo_portal.dataset", id=pkg["name"])
    return tk.render(
        "gpo_portal/dataset.html", dataset_page.content(reader_context(), pkg)
    )


@portal.route("/disclosure-item/<id>")
def item(id: str) -> str:
    shown = call_action("gpo_catalogue_item_show", id=id)
    return tk.render("gpo_portal/item.html", {"item": shown})


@portal.route("/dataset/<id>/report/<version_id>", methods=["GET", "POST"])
def report(id: str, version_id: str) -> str | Response:
    """The report; to a sysadmin also the form that lets a rejected version pass."""
    pkg = dataset_of(id)
    version = call_action("gpo_quality_version_show", id=version_id)
    if version["dataset"] != pkg["name"]:
        tk.abort(404, tk._("There is nothing at this address."))
    errors: dict[str, Any] = {}
    reason = tk.request.form.get("reason", "")
    if tk.request.method == "POST":
        try:
            call_action("gpo_quality_version_override", id=version_id, reason=reason)
        except tk.ValidationError as err:
            errors = err.error_dict
        else:
            tk.h.flash_success(tk._("The version has passed and is being published."))
            return tk.redirect_to("gpo_portal.report", id=id, version_id=version_id)
    key = table(version["table_ref"]).primary_key
    return tk.render(
        "gpo_portal/report.html",
        {
            "version": version,
            "pkg": pkg,
            "key": key,
            "errors": errors,
            "reason": reason,
        },
    )


@portal.route("/checks")
def checks() -> str:
    summary = call_action("gpo_quality_summary", limit=CHECKED)
    summary["latest"] = [
        entry
        for entry in summary["latest"]
        if helpers.gpo_portal_date(entry["published"]).startswith(summary["month"])
    ]
    return tk.render("gpo_portal/checks.html", {"summary": summary})


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
