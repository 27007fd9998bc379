"""The table of a dataset's rows, and the files of what is seen of it."""

from __future__ import annotations

from flask import Blueprint, make_response, redirect, request
from werkzeug.datastructures import MultiDict
from werkzeug.wrappers import Response

import ckan.plugins.toolkit as tk

from ckanext.gpo.common.errors import UnknownTable
from ckanext.gpo.common.tables import Table
from ckanext.gpo.common.tables import table as find_table
from ckanext.gpo.common.web.actions import reader_context
from ckanext.gpo.common.web.datasets import find_dataset
from ckanext.gpo.explore import rows

from . import rows as rows_page

__all__ = ["gpo_rows"]

gpo_rows = Blueprint("gpo_rows", __name__)


@gpo_rows.route("/dataset/<id>/rows")
def table(id: str) -> Response | str:
    """The rows that the address names, a page of them."""
    pkg, described = _dataset(id)
    if any(not value for value in request.args.values()):
        return tk.redirect_to(_tidy_address(request.args, id))
    try:
        content = rows_page.content(
            reader_context(), pkg, described, request.args.items(multi=True)
        )
    except tk.ObjectNotFound as err:
        return tk.abort(404, str(err.message or tk._("There are no rows to see.")))
    page = tk.render("gpo_explore/rows.html", content)
    return make_response(page, 200 if content["page"] else 400)


@gpo_rows.route("/dataset/<id>/rows.<any(csv, xlsx, json):kind>")
def export(id: str, kind: str) -> Response:
    """Leads to the file of all rows that the address names, with the columns shown."""
    pkg, described = _dataset(id)
    english = tk.h.gpo_common_english()
    fields = rows.labelled_fields(described.fields, english)
    state, ignored = rows.parse_state(request.args.items(multi=True), fields)
    if ignored:
        return tk.abort(400, rows.ignored_words(ignored[0], tk._))
    return redirect(rows_page.export_address(pkg["name"], kind, state))


def _dataset(id_: str) -> tuple[dict[str, str], Table]:
    pkg = find_dataset(id_)
    try:
        return pkg, find_table(pkg.get("table_ref") or "")
    except UnknownTable:
        return tk.abort(404, tk._("This dataset has no table with records."))


def _tidy_address(parameters: MultiDict[str, str], dataset: str) -> str:
    """The address without the parameters that a form sends empty."""
    filled = MultiDict(
        (name, value) for name, value in parameters.items(multi=True) if value
    )
    return tk.h.url_for("gpo_rows.table", id=dataset, **filled.to_dict(flat=False))
