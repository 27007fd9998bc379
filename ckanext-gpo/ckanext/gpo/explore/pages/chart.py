"""What the page of a chart shows: the chart, the same as a table, and the form to choose."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from urllib.parse import urlencode

from werkzeug.datastructures import MultiDict

import ckan.plugins.toolkit as tk

from ckanext.gpo.common.errors import UnknownTable
from ckanext.gpo.common.tables import Table, dataset_table
from ckanext.gpo.common.web.actions import reader_context
from ckanext.gpo.explore import charts, drawing, rows, streets
from ckanext.gpo.explore.charts import Choice, Dimension, Figures, Kind, Measure
from ckanext.gpo.explore.rows import Field, State

MOST_GROUPS = 400
"""Groups that one chart and its table tell: of time the latest, else the highest."""

MOST_DRAWN = 3
"""Small drawings on the page of a dataset."""

Pairs = list[tuple[str, str]]
"""Parameters of an address."""


def content(pkg: dict[str, Any], parameters: MultiDict[str, str]) -> dict[str, Any]:
    """The variables of `gpo_explore/chart.html` and of the chart that is embedded.

    :raises werkzeug.exceptions.NotFound: nothing of the table makes a chart, or nothing
        of it is published
    :raises ckan.logic.ValidationError: a filter does not fit its field, or took too long
    """
    table = _table(pkg["name"])
    dimensions, measures = _offered(table)
    if table is None or not dimensions:
        return tk.abort(404, tk._("There is nothing in this table to draw a chart of."))
    names = streets.street_names()
    sparse = _sparse(_profiles(pkg["id"]))
    default = charts.proposals(dimensions, measures, names, sparse)[0]
    choice, unknown = charts.parse_choice(
        parameters, dimensions, measures, names, default
    )
    fields = rows.labelled_fields(table.fields, tk.h.gpo_common_english())
    state, ignored = rows.parse_state(parameters.items(multi=True), fields)
    selected = State(filters=state.filters, q=state.q)
    answer = _ask(pkg["name"], choice, selected)
    figures = charts.read_figures(choice, answer["groups"], answer["is_complete"], tk._)
    title = charts.title(tk.h.gpo_common_text(pkg, "title"), choice, tk._)
    pairs = [*choice.parameters.items(), *selected.pairs]
    return {
        "pkg": pkg,
        "title": title,
        "choice": choice,
        "notices": [
            *_notices(unknown),
            *(rows.ignored_words(i, tk._) for i in ignored),
        ],
        "figures": figures,
        "tiles": streets.tiles(figures.all) if choice.kind is Kind.STREETS else [],
        "drawing": drawing.drawing(choice, figures, title, tk._),
        "measure_label": charts.measure_label(choice.measure, tk._),
        "dimension_label": charts.dimension_label(choice.dimension, tk._),
        "source": answer,
        "conditions": _conditions(selected, fields),
        "kept": selected.pairs,
        "links": _links(pkg["name"], choice.dimension, figures, selected),
        "form": _form(dimensions, measures, choice, names),
        "rows_address": _rows_address(pkg["name"], selected.pairs),
        "chart_address": _address("gpo_chart.chart", pkg["name"], pairs),
        "embed_address": _address("gpo_chart.embed", pkg["name"], pairs),
    }


def proposed(pkg: dict[str, Any]) -> list[dict[str, Any]]:
    """The charts that suit a dataset's table, up to three of them with a small drawing.

    :returns: `[{title, address, profile}]`; `profile` is None, or a `rows.Drawn` that has
        bars: computed with the version, and not for this page
    """
    table = _table(pkg["name"])
    dimensions, measures = _offered(table)
    if table is None or not dimensions:
        return []
    answer = _profiles(pkg["id"])
    fields = rows.labelled_fields(table.fields, tk.h.gpo_common_english())
    profiles = {
        drawn.field.name: drawn
        for drawn in rows.drawn_profiles(fields, answer["fields"], fields)
        if len(drawn.bars) > 1
    }
    listed: list[dict[str, Any]] = []
    for choice in charts.proposals(
        dimensions, measures, streets.street_names(), _sparse(answer)
    ):
        is_drawn = choice.measure.function == "count"
        field = choice.dimension.field
        listed.append(
            {
                "title": charts.short_title(choice, tk._),
                "address": tk.h.url_for(
                    "gpo_chart.chart", id=pkg["name"], **choice.parameters
                ),
                "profile": profiles.pop(field, None) if is_drawn else None,
            }
        )
    return _few_drawn(listed)


def _few_drawn(listed: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """The same with no more drawings than a page has room for, those first."""
    drawn = [chart for chart in listed if chart["profile"]][:MOST_DRAWN]
    return drawn + [chart | {"profile": None} for chart in listed if chart not in drawn]


def _profiles(dataset: str) -> dict[str, Any]:
    """The answer of `gpo_dataapi_field_profile_list`; without fields if nothing is public."""
    try:
        return tk.get_action("gpo_dataapi_field_profile_list")(
            reader_context(), {"dataset": dataset}
        )
    except (tk.ObjectNotFound, tk.NotAuthorized):
        return {"row_count": 0, "fields": []}


def _sparse(answer: dict[str, Any]) -> set[str]:
    """The fields of a profile that most rows have no value of."""
    return {
        profile["name"]
        for profile in answer["fields"]
        if profile["empty"] * 2 > answer["row_count"]
    }


def _table(dataset: str) -> Table | None:
    try:
        return dataset_table(dataset)
    except UnknownTable:
        return None


def _offered(table: Table | None) -> tuple[list[Dimension], list[Measure]]:
    """What a table can be grouped by and what measured."""
    fields, key = (table.fields, table.primary_key) if table else ([], ())
    english = tk.h.gpo_common_english()
    dimensions = charts.dimensions(fields, key, english)
    return dimensions, charts.measures(fields, key, english)


def _notices(unknown: list[str]) -> list[str]:
    if not unknown:
        return []
    text = tk._(
        "The address has values that this table has no chart for; they are left out: {names}"
    )
    return [text.format(names=", ".join(unknown))]


def _conditions(selected: State, fields: Mapping[str, Field]) -> list[str]:
    """Which rows are drawn, in words."""
    conditions = [rows.filter_words(f, fields, tk._) for f in selected.filters]
    return [*conditions, f"“{selected.q}”"] if selected.q else conditions


def _ask(dataset: str, choice: Choice, selected: State) -> dict[str, Any]:
    dimension, measure = choice.dimension, choice.measure
    field = measure.field
    name = f"{measure.function}({field})" if field else measure.function
    return tk.get_action("gpo_dataapi_record_aggregate")(
        reader_context(),
        {
            "dataset": dataset,
            "group_by": [{"field": dimension.field, "unit": dimension.unit}],
            "measures": [{"function": measure.function, "field": field or None}],
            "sort": f"-{dimension.field}" if dimension.is_time else f"-{name}",
            "limit": MOST_GROUPS,
            **selected.selection,
        },
    )


def _links(
    dataset: str, dimension: Dimension, figures: Figures, selected: State
) -> dict[str, str]:
    """Key of a group → the address of its rows, where a group is one value of a field."""
    if dimension.unit:
        return {}
    return {
        figure.key: _rows_address(
            dataset, [*selected.pairs, (f"{dimension.field}.eq", figure.key)]
        )
        for figure in figures.all
        if figure.key is not None
    }


def _rows_address(dataset: str, pairs: Pairs) -> str:
    """The address of the table with these rows."""
    address = tk.h.url_for("gpo_rows.table", id=dataset)
    return f"{address}?{urlencode(pairs)}" if pairs else address


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
    address = tk.h.url_for(endpoint, id=dataset, _external=True)
    return f"{address}?{urlencode(parameters)}"
