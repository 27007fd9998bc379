"""The pages of published rows: tables, records, charts, dossiers of projects and enterprises."""

from __future__ import annotations

from flask import Blueprint, make_response, request
from werkzeug.wrappers import Response

import ckan.plugins.toolkit as tk

from ckanext.gpo.common.errors import UnknownTable
from ckanext.gpo.common.tables import Table, dataset_table
from ckanext.gpo.common.web.actions import call_action, reader_context
from ckanext.gpo.common.web.datasets import find_dataset

from .pages import enterprise as enterprise_page
from .pages import project as project_page
from .pages import record as record_page
from .pages import record_history as record_history_page
from .pages.chart_views import gpo_chart
from .pages.rows_views import gpo_rows

__all__ = ["gpo_chart", "gpo_explore", "gpo_rows"]

gpo_explore = Blueprint("gpo_explore", __name__)


@gpo_explore.route("/dataset/<id>/record")
def record(id: str) -> Response | str:
    """One record, named by the fields of its primary key; `version` cites an earlier one."""
    pkg, context = find_dataset(id), reader_context()
    table = _table(pkg["name"])
    address = record_page.read_address(table, request.args)
    if address is None:
        key = ", ".join(table.primary_key)
        message = tk._("The address of a record of this table names: {fields}")
        return tk.abort(404, message.format(fields=key))
    answer = record_page.find(context, pkg["id"], address)
    if answer is None:
        former = record_page.former(table, address)
        if former is None:
            return tk.abort(404, tk._("There is no record with this key."))
        page = tk.render(
            "gpo_explore/former.html",
            {
                "pkg": pkg,
                "former": former,
                "history": record_page.history_address(pkg["name"], former["key"]),
            },
        )
        return make_response(page, 404)
    return tk.render("gpo_explore/record.html", record_page.content(pkg, table, answer))


@gpo_explore.route("/dataset/<id>/record/history")
def record_history(id: str) -> str:
    """What changed in one record from version to version."""
    pkg, context = find_dataset(id), reader_context()
    table = _table(pkg["name"])
    question = record_page.read_address(table, request.args)
    content = question and record_history_page.content(context, pkg, table, question)
    if content is None:
        return tk.abort(404, tk._("There is no record with this key."))
    address = record_page.history_address(pkg["name"], content["key"])
    return tk.render("gpo_explore/record_history.html", {**content, "address": address})


@gpo_explore.route("/project/<code>")
def project(code: str) -> str:
    """What all departments published of one project."""
    dossier = call_action("gpo_explore_project_show", code=code)
    return tk.render("gpo_explore/project.html", project_page.content(dossier))


@gpo_explore.route("/enterprise/<code>")
def enterprise(code: str) -> str:
    """What all departments published of one enterprise."""
    dossier = call_action("gpo_explore_enterprise_show", code=code)
    return tk.render("gpo_explore/enterprise.html", enterprise_page.content(dossier))


def _table(dataset_name: str) -> Table:
    try:
        return dataset_table(dataset_name)
    except UnknownTable:
        return tk.abort(404, tk._("This dataset has no table with records."))
