"""What the page of a chart shows: the chart, the same as a table, and the form to choose."""

from __future__ import annotations

import json
from typing import Any
from urllib.parse import urlencode

from werkzeug.datastructures import MultiDict

import ckan.plugins.toolkit as tk

from ckanext.gpo.common.tables import dataset_table
from ckanext.gpo.common.web.actions import reader_context
from ckanext.gpo.explore import charts, streets
from ckanext.gpo.explore.charts import Choice, Dimension, Figures, Kind

MOST_GROUPS = 400
"""Groups that one chart and its table tell: of time the latest, else the highest."""

OWN = frozenset({"kind", "group", "measure", "lang"})
"""Parameters of the address that choose the chart; those with a point filter its rows."""


def content(pkg: dict[str, Any], parameters: MultiDict[str, str]) -> dict[str, Any]:
    """The variables of `gpo_explore/chart.html` and of the page that is embedded.

    :raises werkzeug.exceptions.NotFound: the dataset has no table that makes a chart, or
        no published rows
    :raises ckan.logic.ValidationError: the filters of the address cannot be read
    """
    english = tk.h.gpo_common_english()
    table = dataset_table(pkg["name"])
    dimensions = (
        charts.dimensions(table.fields, table.primary_key, english) if table else []
    )
    if table is None or not dimensions:
        return tk.abort(404, tk._("There is nothing in this table to draw a chart of."))
    measures = charts.measures(table.fields, table.primary_key, english)
    names = streets.street_names()
    proposed = charts.proposals(dimensions, measures, names)
    choice, unknown = charts.parse_choice(
        parameters, dimensions, measures, names, proposed[0]
    )
    filters = _filters(parameters)
    answer = _ask(pkg, choice, filters)
    figures = charts.read_figures(
        choice, answer["groups"], answer["is_complete"], _label(choice, english)
    )
