"""The page where anyone checks a file against a table, before or without handing it in."""

from __future__ import annotations

from typing import Any, cast

from flask import Blueprint
from werkzeug.wrappers import Response

import ckan.plugins.toolkit as tk

from ckanext.gpo.common.tables import DOMAINS, Table, tables
from ckanext.gpo.common.web.actions import call_action, reader_context
from ckanext.gpo.quality import config

from .progress import progress_answer

gpo_quality_trial = Blueprint("gpo_quality_trial", __name__)


@gpo_quality_trial.route("/try", methods=["GET", "POST"])
def index() -> str | Response:
    """Choose a table and a file; then to the trial."""
    form = tk.request.form
    errors: dict[str, list[str]] = {}
    if tk.request.method == "POST":
        upload = tk.request.files.get("upload")
        try:
            trial = call_action(
                "gpo_quality_trial_create",
                table=form.get("table", ""),
                # without a file a browser sends one without a name
                upload=upload if upload and upload.filename else None,
            )
        except tk.ValidationError as err:
            errors = cast("dict[str, list[str]]", err.error_dict)
        else:
            return tk.redirect_to("gpo_quality_trial.read", id=trial["id"])
    return _form(form.get("table") or tk.request.args.get("table", ""), errors)


@gpo_quality_trial.route("/try/<id>")
def read(id: str) -> str | Response:
    """How far a trial is, and then its report; `rule` and `field` by the query string."""
    choice = {name: tk.request.args.get(name, "") for name in ("rule", "field")}
    try:
        trial = _show(id, **choice)
    except tk.ObjectNotFound as err:
        # not CKAN's page of errors, which cannot say that trials are forgotten
        return Response(
            _form("", {"id": [str(err.message)]}), 404, content_type="text/html"
        )
    return tk.render(
        "gpo_quality/trial.html",
        {
            "trial": trial,
            "table": tables()[trial["table"]],
            "choice": choice,
            "progress": trial,
        },
    )


@gpo_quality_trial.route("/try/<id>/progress")
def progress(id: str) -> Response:
    """How far a trial is, see `progress_answer`."""
    try:
        trial = _show(id)
    except tk.ObjectNotFound:
        return tk.abort(404)
    return progress_answer(trial)


def _show(id_: str, **choice: str) -> dict[str, Any]:
    try:
        return tk.get_action("gpo_quality_trial_show")(
            reader_context(), {"id": id_, **choice}
        )
    except tk.ValidationError as err:
        return tk.abort(503, " ".join(cast("Any", err.error_dict["id"])))


def _form(table_ref: str, errors: dict[str, list[str]]) -> str:
    variables = {
        "tables": _by_domain(),
        "table_ref": table_ref,
        "errors": errors,
        "limit": config.max_trial_size(),
    }
    return tk.render("gpo_quality/try.html", variables)


def _by_domain() -> dict[str, list[Table]]:
    """The tables of each domain, in the order of the domains."""
    return {
        domain: [table for table in tables().values() if table.domain == domain]
        for domain in DOMAINS
    }
