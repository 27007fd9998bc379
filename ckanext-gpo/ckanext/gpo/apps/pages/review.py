"""The pages of those who review: what waits, one registration, reports of abuse."""

from __future__ import annotations

from typing import Any

from flask import Blueprint
from werkzeug.wrappers import Response

import ckan.plugins.toolkit as tk

from ckanext.gpo.apps.model import App
from ckanext.gpo.common.web import paging
from ckanext.gpo.common.web.actions import call_action, fault_words

gpo_apps_review = Blueprint("gpo_apps_review", __name__, url_prefix="/desk/app-reviews")

APPS = 20
REPORTS = 20


@gpo_apps_review.before_request
def require_account() -> Response | None:
    if tk.current_user.is_anonymous:
        came_from = tk.url_for("gpo_apps_review.index")
        return tk.redirect_to("user.login", came_from=came_from)
    return None


@gpo_apps_review.route("")
def index() -> str:
    answer = call_action("gpo_apps_queue_list", **paging.window(APPS))
    page = paging.page(answer["results"], answer["count"], APPS)
    return tk.render("gpo_apps/queue.html", {"answer": answer, "page": page})


@gpo_apps_review.route("/<id>", methods=["GET", "POST"])
def case(id: str) -> str | Response:
    """A registration as it would be public, and the decision on it."""
    _require_reviewer()
    case = call_action("gpo_apps_registration_show", id=id)
    if tk.request.method == "POST":
        return _act(case)
    app = App.get(case["id"])
    own = app is not None and app.owner == tk.current_user.id
    return tk.render("gpo_apps/case.html", {"case": case, "own": own})


@gpo_apps_review.route("/reports")
def reports() -> str:
    answer = call_action("gpo_apps_report_list", **paging.window(REPORTS))
    page = paging.page(answer["results"], answer["count"], REPORTS)
    return tk.render("gpo_apps/reports.html", {"answer": answer, "page": page})


@gpo_apps_review.route("/reports/<report>", methods=["POST"])
def decide(report: str) -> Response:
    """Uphold a report or dismiss it, as the form says."""
    form = tk.request.form
    decision = {name: form.get(name, "") for name in ("decision", "reason")}
    _tell(
        "gpo_apps_report_decide", tk._("The report is decided."), id=report, **decision
    )
    return tk.redirect_to("gpo_apps_review.reports")


def _require_reviewer() -> None:
    """:raises werkzeug.exceptions.Forbidden: the reader does not review apps"""
    if not tk.h.check_access("gpo_apps_queue_list"):
        tk.abort(403, tk._("This page is for those who review apps."))


def _act(case: dict[str, Any]) -> Response:
    """Do what a button of the form says, then show the registration again."""
    form = tk.request.form
    decision, reason = form.get("decision", ""), form.get("reason", "")
    if decision == "review":
        _tell("gpo_apps_registration_review", "", id=case["id"])
    elif decision == "unpublish":
        words = tk._("It is taken back.")
        _tell("gpo_apps_app_unpublish", words, id=case["id"], reason=reason)
    else:
        _tell(
            "gpo_apps_registration_decide",
            tk._("The decision is made, and the builder is told."),
            id=case["id"],
            decision=decision,
            reason=reason,
        )
    return tk.redirect_to("gpo_apps_review.case", id=case["name"])


def _tell(action: str, words: str, **data: Any) -> None:
    """Call an action, and say on the next page what became of it."""
    try:
        call_action(action, **data)
    except tk.ValidationError as err:
        for fault in fault_words(err):
            tk.h.flash_error(fault)
    else:
        if words:
            tk.h.flash_success(words)
