"""The pages of the gate: a dataset's history, what changed between two of its versions,
the report of a check, and the checks of the month.

Those where people hand in files are in `pages/hand_in.py`, with `pages/uploads.py`.
"""

from __future__ import annotations

import io
from typing import Any, cast

from flask import Blueprint, send_file
from werkzeug.wrappers import Response

import ckan.plugins.toolkit as tk

from ckanext.gpo.common.errors import UnknownTable
from ckanext.gpo.common.formats import MEDIA_TYPES
from ckanext.gpo.common.tables import dataset_table
from ckanext.gpo.common.web.actions import call_action
from ckanext.gpo.common.web.datasets import find_dataset
from ckanext.gpo.common.web.limited import limited

from .pages import changes_feed
from .pages import history as history_page
from .pages import report as report_page
from .pages.hand_in import gpo_quality_door
from .pages.report_files import report_files
from .pages.trial import gpo_quality_trial
from .pages.uploads import gpo_quality_uploads
from .reception import write_template

__all__ = [
    "gpo_quality",
    "gpo_quality_door",
    "gpo_quality_trial",
    "gpo_quality_uploads",
    "history",
    "report_files",
]

CHECKED = 1000
"""Datasets on the page of the checks at most: more than there are tables."""

history = Blueprint("gpo_history", __name__)
gpo_quality = Blueprint("gpo_quality", __name__)


@history.route("/dataset/<id>/history")
def index(id: str) -> str | Response:
    pkg = _dataset(id)
    if id != pkg["name"]:
        return tk.redirect_to("gpo_history.index", id=pkg["name"])
    content = history_page.content(
        pkg,
        call_action("gpo_quality_version_list", dataset=pkg["id"]),
        may_edit=_may_edit(pkg),
        page=tk.h.get_page_number(tk.request.args),
    )
    return tk.render("gpo_quality/history.html", content)


@history.route("/dataset/<id>/history/diff")
def diff(id: str) -> str:
    """Two versions compared; which ones, `kind` and `page` by the query string."""
    pkg = _dataset(id)
    versions = call_action("gpo_quality_version_list", dataset=pkg["id"])
    choice = history_page.comparable(versions, _may_edit(pkg))
    pair = history_page.choose(tk.request.args, choice)
    content: dict[str, Any] = {"pkg": pkg, "choice": choice, "pair": pair}
    if len(choice) > 1 or all(pair.values()):
        content |= _comparison(pkg, pair)
    return tk.render("gpo_quality/diff.html", content)


@history.route(
    "/dataset/<id>/history/<version_id>/<any(restore, withdraw):change>",
    methods=["POST"],
)
def change(id: str, version_id: str, change: str) -> Response:
    """Restore or withdraw a version, then back to the history."""
    pkg = _dataset(id)
    version = call_action("gpo_quality_version_show", id=version_id)
    if version["dataset"] != pkg["name"]:
        return tk.abort(404, tk._("There is nothing at this address."))
    reason = tk.request.form.get("reason", "")
    try:
        answer = call_action(
            f"gpo_quality_version_{change}", id=version_id, reason=reason
        )
    except tk.ValidationError as err:
        for messages in _messages(err).values():
            tk.h.flash_error(" ".join(map(str, messages)))
    else:
        tk.h.flash_success(history_page.confirmation(change, version, answer))
    return tk.redirect_to("gpo_history.index", id=pkg["name"])


@history.route("/dataset/<id>/changes.atom")
@limited
def changes(id: str) -> Response:
    pkg = _dataset(id)
    publications = call_action("gpo_quality_changes", dataset=pkg["id"])
    return Response(
        changes_feed.atom(pkg, publications), mimetype="application/atom+xml"
    )


@gpo_quality.route("/dataset/<id>/report/<version_id>", methods=["GET", "POST"])
def report(id: str, version_id: str) -> str | Response:
    """The report; to a sysadmin also the form that lets a rejected version pass."""
    pkg = find_dataset(id)
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
            return tk.redirect_to("gpo_quality.report", id=id, version_id=version_id)
    content = report_page.content(pkg, version) | {"errors": errors, "reason": reason}
    return tk.render("gpo_quality/report.html", content)


@gpo_quality.route("/dataset/<id>/template.xlsx")
@limited
def template(id: str) -> Response:
    """The workbook to fill in, with notes in the reader's language."""
    pkg = find_dataset(id)
    try:
        described = dataset_table(pkg["name"])
    except UnknownTable:
        return tk.abort(404, tk._("There is nothing at this address."))
    content = io.BytesIO()
    write_template(described, content, tk.h.gpo_common_english(), tk._)
    content.seek(0)
    name = tk._("{title}, template").format(title=described.title)
    return send_file(
        content,
        mimetype=MEDIA_TYPES["xlsx"],
        as_attachment=True,
        download_name=f"{name}.xlsx",
    )


@gpo_quality.route("/checks")
def checks() -> str:
    summary = call_action("gpo_quality_summary", limit=CHECKED)
    summary["latest"] = [
        entry
        for entry in summary["latest"]
        if tk.h.gpo_common_date(entry["published"]).startswith(summary["month"])
    ]
    return tk.render("gpo_quality/checks.html", {"summary": summary})


def _messages(err: tk.ValidationError) -> dict[str, list[str]]:
    """What the gate refuses: for each parameter its messages."""
    return cast("dict[str, list[str]]", err.error_dict)


def _comparison(pkg: dict[str, Any], choice: dict[str, Any]) -> dict[str, Any]:
    page = tk.h.get_page_number(tk.request.args)
    kind = tk.request.args.get("kind", "")
    size = history_page.RECORDS
    data_dict = {
        "dataset": pkg["id"],
        **choice,
        "kind": kind,
        "offset": (page - 1) * size,
        "limit": size,
    }
    try:
        diff = call_action("gpo_quality_version_diff", **data_dict)
    except tk.ValidationError as err:
        if "code" not in err.error_dict:
            return tk.abort(404, tk._("There is nothing at this address."))
        return {"fault": _messages(err)["version"][0]}
    if page > 1 and not diff["records"]:
        return tk.abort(404, tk._("There is nothing at this address."))
    return history_page.comparison(diff, page)


def _dataset(id_: str) -> dict[str, Any]:
    pkg = find_dataset(id_)
    if pkg["type"] != "dataset":
        return tk.abort(404, tk._("There is no public dataset at this address."))
    return pkg


def _may_edit(pkg: dict[str, Any]) -> bool:
    return tk.h.check_access("package_update", {"id": pkg["id"]})
