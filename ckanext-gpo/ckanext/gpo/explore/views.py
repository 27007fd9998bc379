"""The pages of published rows: dossiers of projects and enterprises, charts, tables."""

from __future__ import annotations

from flask import Blueprint

import ckan.plugins.toolkit as tk

from ckanext.gpo.common.web.actions import call_action

from .pages.chart_views import gpo_chart
from .pages.rows_views import gpo_rows

__all__ = ["gpo_chart", "gpo_explore", "gpo_rows"]

gpo_explore = Blueprint("gpo_explore", __name__)


@gpo_explore.route("/project/<code>")
def project(code: str) -> str:
    """What all departments published of one project."""
    chain = call_action("gpo_catalogue_chain_show", id="project", key=code)
    return tk.render("gpo_explore/chain.html", {"chain": chain})


@gpo_explore.route("/enterprise/<code>")
def enterprise(code: str) -> str:
    """What all departments published of one enterprise."""
    chain = call_action("gpo_catalogue_chain_show", id="enterprise", key=code)
    return tk.render("gpo_explore/chain.html", {"chain": chain})
