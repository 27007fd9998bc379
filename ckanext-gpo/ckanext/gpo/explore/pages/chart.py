"""What the page of a chart shows: the chart, the same as a table, and the form to choose."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode

from werkzeug.datastructures import MultiDict

import ckan.plugins.toolkit as tk

from ckanext.gpo.common.errors import UnknownTable
from ckanext.gpo.common.tables import dataset_table
from ckanext.gpo.common.web.actions import reader_context
from ckanext.gpo.explore import charts, drawing, streets
from ckanext.gpo.explore.charts import Choice, Dimension, Figures, Kind, Measure

MOST_GROUPS = 400
"""Groups that one chart and its table tell: of time the latest, else the highest."""

Pairs = list[tuple[str, str]]
"""Parameters of an address."""


def content(pkg: dict[str, Any], parameters: MultiDict[str, str]) -> dict[str, Any]:
    """The variables of `gpo_explore/chart.html` and of the chart that is embedded.

    :raises werkzeug.exceptions.NotFound: nothing of the table makes a chart, or nothing
        of it is published
    :raises ckan.logic.ValidationError: the filters cannot be read, or took too long
    """
    english = tk.h.gpo_common_english()
    dimensions, measures = _offered(pkg["name"], english)
    if not dimensions:
        return tk.abort(404, tk._("There is nothing in this table to draw a chart of."))
    names = streets.street_names()
    default = charts.proposals(dimensions, measures, names)[0]
    choice, ignored = charts.parse_choice(
        parameters, dimensions, measures, names, default
    )
    filters = row_filters(parameters)
    answer = _ask(pkg["name"], choice, filters)
    figures = charts.read_figures(choice, answer["groups"], answer["is_complete"], tk._)
    title = charts.title(tk.h.gpo_common_text(pkg, "title"), choice, tk._)
    address_parameters = [*choice.parameters.items(), *filters]
    return {
        "pkg": pkg,
        "title": title,
        "choice": choice,
        "ignored": ignored,
        "figures": figures,
        "tiles": streets.tiles(figures.all) if choice.kind is Kind.STREETS else [],
        "drawing": drawing.drawing(choice, figures, title, tk._),
        "measure_label": charts.measure_label(choice.measure, tk._),
        "dimension_label": charts.dimension_label(choice.dimension, tk._),
        "source": answer,
        "filters": filters,
        "links": _links(pkg["name"], choice.dimension, figures, filters),
        "form": _form(dimensions, measures, choice, names),
        "rows_address": rows_address(pkg["name"], filters),
        "chart_address": _address("gpo_chart.chart", pkg["name"], address_parameters),
        "embed_address": _address("gpo_chart.embed", pkg["name"], address_parameters),
    }


def proposed(dataset: str) -> list[dict[str, str]]:
    """Title and address of the charts that suit a dataset's table."""
    dimensions, measures = _offered(dataset, tk.h.gpo_common_english())
    choices = charts.proposals(dimensions, measures, streets.street_names())
    return [
        {
            "kind": choice.kind.value,
            "title": charts.short_title(choice, tk._),
            "address": tk.h.url_for(
                "gpo_chart.chart", dataset=dataset, **choice.parameters
            ),
        }
        for choice in choices
    ]


def _offered(dataset: str, english: bool) -> tuple[list[Dimension], list[Measure]]:
    """What the dataset's table can be grouped by and what measured; nothing of no table."""
    try:
        table = dataset_table(dataset)
    except UnknownTable:
        return [], [Measure("count")]
    fields, key = table.fields, table.primary_key
    return charts.dimensions(fields, key, english), charts.measures(
        fields, key, english
    )


def row_filters(parameters: MultiDict[str, str]) -> Pairs:
    """What filters rows, `<field>.<operator>=<value>`, in the order of the address."""
    return [(key, value) for key, value in parameters.items(multi=True) if "." in key]


def rows_address(dataset: str, filters: Pairs) -> str:
    """The address of the table with these rows."""
    address = tk.h.url_for("dataset.read", id=dataset) + "/rows"
    return f"{address}?{urlencode(filters)}" if filters else address


def _ask(dataset: str, choice: Choice, filters: Pairs) -> dict[str, Any]:
    dimension, measure = choice.dimension, choice.measure
    field = measure.field
    name = f"{measure.function}({field})" if field else measure.function
    return tk.get_action("gpo_dataapi_record_aggregate")(
        reader_context(),
        {
            "dataset": dataset,
            "group_by": [{"field": dimension.field, "unit": dimension.unit}],
            "measures": [{"function": measure.function, "field": field or None}],
            "filters": _conditions(filters),
            "sort": f"-{dimension.field}" if dimension.is_time else f"-{name}",
            "limit": MOST_GROUPS,
        },
    )


def _conditions(filters: Pairs) -> dict[str, dict[str, Any]]:
    """Filters in the words of the action: `in` has every value that is given."""
    conditions: dict[str, dict[str, Any]] = {}
    for key, value in filters:
        field, _point, operator = key.rpartition(".")
        tests = conditions.setdefault(field, {})
        if operator == "in":
            tests.setdefault(operator, []).append(value)
        else:
            tests[operator] = value
    return conditions


def _links(
    dataset: str, dimension: Dimension, figures: Figures, filters: Pairs
) -> dict[str, str]:
    """Key of a group → the address of its rows, where a group is one value of a field."""
    if dimension.unit:
        return {}
    return {
        figure.key: rows_address(
            dataset, [*filters, (f"{dimension.field}.eq", figure.key)]
        )
        for figure in figures.all
        if figure.key is not None
    }


def _form(
    dimensions: list[Dimension],
    measures: list[Measure],
    choice: Choice,
    names: frozenset[str],
) -> dict[str, list[tuple[str, str]]]:
    """The choices that the form offers: value and label."""
    kinds = {
        Kind.BAR: tk._("Bars"),
        Kind.LINE: tk._("Line"),
        Kind.SHARE: tk._("Shares"),
        Kind.STREETS: tk._("Scheme of the streets"),
    }
    offered = charts.choices(choice.dimension, choice.measure, names)
    return {
        "group": [(d.key, charts.dimension_label(d, tk._)) for d in dimensions],
        "measure": [(m.key, charts.measure_label(m, tk._)) for m in measures],
        "kind": [
            (kind.value, label) for kind, label in kinds.items() if kind in offered
        ],
    }


def _address(endpoint: str, dataset: str, parameters: Pairs) -> str:
    address = tk.h.url_for(endpoint, dataset=dataset, _external=True)
    return f"{address}?{urlencode(parameters)}"
