"""What readers see of apps."""

from __future__ import annotations

from typing import Any, cast

from flask import Blueprint, request
from werkzeug.wrappers import Response

import ckan.plugins.toolkit as tk

from ckanext.gpo.apps import badge as badges
from ckanext.gpo.apps.logic.schema import SORTS
from ckanext.gpo.apps.model import App
from ckanext.gpo.apps.reports import topic_words
from ckanext.gpo.common.web import paging, proof
from ckanext.gpo.common.web.actions import call_action
from ckanext.gpo.common.web.limited import limited

from . import feed as feeds
from . import serving

gpo_apps = Blueprint("gpo_apps", __name__)

APPS = 24
"""Apps on a page of the list."""

REPORT_FORM = "app-report"

Answer = str | Response | tuple[str, int]


@gpo_apps.route("/apps")
def index() -> str:
    """All apps, narrowed by the query string."""
    args = tk.request.args
    names = ("kind", "platform", "dataset", "organization")
    filters = {name: args[name] for name in names if args.get(name)}
    sort = args.get("sort", "")
    sort = sort if sort in SORTS else SORTS[0]
    answer = call_action(
        "gpo_apps_app_list", **filters, sort=sort, **paging.window(APPS)
    )
    page = paging.page(answer["results"], answer["count"], APPS)
    if page.page > 1 and not answer["results"]:
        return tk.abort(404, tk._("There is nothing at this address."))
    return tk.render(
        "gpo_apps/index.html",
        {
            "answer": answer,
            "page": page,
            "filters": filters,
            "sort": sort,
            "sorts": dict(zip(SORTS, _sort_words(), strict=True)),
        },
    )


@gpo_apps.route("/feeds/apps.atom")
@limited
def feed() -> Response:
    answer = call_action("gpo_apps_app_list", limit=feeds.ENTRIES)
    address, page = (
        tk.url_for(endpoint, qualified=True)
        for endpoint in ("gpo_apps.feed", "gpo_apps.index")
    )
    body = feeds.atom(tk._("New apps"), answer["results"], address, page)
    return Response(body, mimetype="application/atom+xml")


@gpo_apps.route("/app/<id>")
def read(id: str) -> str | Response:
    app = call_action("gpo_apps_app_show", id=id)
    if id != app["name"]:
        return tk.redirect_to("gpo_apps.read", id=app["name"])
    return tk.render("gpo_apps/read.html", {"app": app})


@gpo_apps.route("/app/<id>/rate", methods=["POST"])
def rate(id: str) -> Response:
    if tk.current_user.is_anonymous:
        return _log_in(id)
    try:
        call_action("gpo_apps_app_rate", id=id, value=tk.request.form.get("value", ""))
    except tk.ValidationError:
        tk.h.flash_error(tk._("Choose one to five stars."))
    else:
        tk.h.flash_success(tk._("Thank you: your rating counts."))
    return tk.redirect_to("gpo_apps.read", id=id, _anchor="rating")


@gpo_apps.route("/app/<id>/report", methods=["GET", "POST"])
def report(id: str) -> Answer:
    """A form for everybody, with an account or without."""
    app = call_action("gpo_apps_app_show", id=id)
    form = tk.request.form
    data = {name: form.get(name, "") for name in ("topic", "words")}
    content = {"app": app, "topics": topic_words(tk._), "data": data, "errors": {}}
    if tk.request.method == "GET":
        return tk.render("gpo_apps/report.html", content)
    if refusal := proof.refusal(REPORT_FORM, form):
        content["errors"] = {"form": [refusal.message]}
        return tk.render("gpo_apps/report.html", content), refusal.status
    try:
        call_action("gpo_apps_report_create", id=app["id"], **data)
    except tk.ValidationError as err:
        content["errors"] = cast("dict[str, Any]", err.error_dict)
        return tk.render("gpo_apps/report.html", content), 400
    tk.h.flash_success(tk._("Thank you. Those who review apps will look into it."))
    return tk.redirect_to("gpo_apps.read", id=app["name"])


@gpo_apps.route("/app/<id>/badge.svg")
def badge(id: str) -> Response:
    """What an app shows on its own pages; only what is public has one."""
    call_action("gpo_apps_app_show", id=id)
    body = badges.svg(tk._("Built on"), tk.h.gpo_common_title())
    response = Response(body, content_type="image/svg+xml; charset=utf-8")
    response.headers["Content-Security-Policy"] = "default-src 'none'"
    response.headers["Cross-Origin-Resource-Policy"] = "cross-origin"
    response.add_etag()
    return response.make_conditional(request)


@gpo_apps.route("/app/<id>/picture/<picture>.webp")
def picture(id: str, picture: str) -> Response:
    app = _public(id)
    return serving.picture(app, app.public_content, picture)


@gpo_apps.route("/app/<id>/package")
def package(id: str) -> Response:
    app = _public(id)
    return serving.package(app, app.public_content)


def _public(id_: str) -> App:
    app = App.get(id_)
    if app is None or not app.is_public:
        return tk.abort(404, tk._("There is nothing at this address."))
    return app


def _log_in(id_: str) -> Response:
    page = tk.url_for("gpo_apps.read", id=id_)
    return tk.redirect_to("user.login", came_from=page)


def _sort_words() -> list[str]:
    return [tk._("Newest"), tk._("Best rated"), tk._("Name")]
