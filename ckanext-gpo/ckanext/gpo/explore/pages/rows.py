"""What the page of a table's rows shows, and the first of them on the dataset's page."""

from __future__ import annotations

import time
from collections.abc import Iterable, Mapping
from typing import Any
from urllib.parse import urlencode

import ckan.plugins.toolkit as tk
from ckan.types import Context

from ckanext.gpo.common.tables import Table
from ckanext.gpo.common.web import cells, downloads, records
from ckanext.gpo.explore import rows
from ckanext.gpo.explore.rows import Field, State, Summed

from . import rows_answer

PAGE = 20
"""Rows of a page."""

ADDED_UP = 10_000
"""Up to so many rows are added up with each page."""

QUICK = 1.0
"""Seconds; rows that took longer to find are not looked for a second time to be added up."""

Pair = tuple[str, str]


def content(
    context: Context, pkg: dict[str, Any], table: Table, parameters: Iterable[Pair]
) -> dict[str, Any]:
    """The variables of `gpo_explore/rows.html`.

    :raises NotFound: nothing is published of the dataset, or the reader may not see it
    """
    english = tk.h.gpo_common_english()
    fields = rows.labelled_fields(table.fields, english)
    requested, ignored = rows.parse_state(parameters, fields)
    started = time.monotonic()
    answer = rows_answer.ask(
        context, pkg["id"], requested, fields, _needed(requested, fields, table), PAGE
    )
    is_quick = time.monotonic() - started < QUICK
    state, page = answer.state, answer.page
    names = [field["name"] for field in page["fields"]] if page else list(fields)
    visible = [name for name in state.visible(fields) if name in names]
    offered = rows.controls(fields, visible, state)
    profiles = _profiles(context, pkg["id"])
    summed = rows.summed_fields(fields[name] for name in visible)
    notices = [rows.ignored_words(each, tk._) for each in ignored]
    if summed and page and not is_quick:
        notices.append(
            tk._(
                "No totals: these rows are not found by an index. Narrow them by a day, a"
                " code or a choice from a list."
            )
        )
    return {
        "pkg": pkg,
        "fields": fields,
        "state": state,
        "page": page,
        "cited": _cited(context, pkg, state.version, page) if page else None,
        "notices": notices,
        "refusals": answer.refusals,
        "visible": visible,
        "grid": _grid(pkg["name"], table, page, visible, state) if page else None,
        "controls": offered,
        "kept": rows.uncontrolled(state, offered),
        "chips": _chips(pkg["name"], state, fields),
        "sums": rows.profile_sums(summed, profiles)
        if profiles and not state.is_selected
        else _sums(context, pkg["id"], state, page if is_quick else None, summed),
        "profiles": rows.drawn_profiles(fields, profiles, visible),
        "address_of": lambda bar: rows_address(pkg["name"], bar.state(state)),
        "links": _links(pkg["name"], state, page),
    }


def _needed(state: State, fields: Mapping[str, Field], table: Table) -> list[str]:
    """The fields to ask for: those that are visible, and the key that leads to the record."""
    visible = state.visible(fields)
    if len(visible) == len(fields):
        return []
    return list(dict.fromkeys((*visible, *table.primary_key)))


def _grid(
    dataset: str, table: Table, page: dict[str, Any], visible: list[str], state: State
) -> dict[str, Any]:
    """The table: its columns in the order in which they are visible, its rows with links."""
    described = {field["name"]: field for field in table.fields}
    columns = cells.columns(
        [described[name] for name in visible],
        page["records"],
        tk.h.gpo_common_english(),
    )
    return {
        "columns": columns,
        "sorts": {
            name: _sort(dataset, described[name], page["sort"], state)
            for name in visible
            if name in page["sortable"]
        },
        "rows": [
            {"record": record, **_record_link(dataset, table, record)}
            for record in page["records"]
        ],
    }


def _sort(
    dataset: str, field: dict[str, Any], current: str, state: State
) -> dict[str, str]:
    """How the table stands sorted by a field, and the link that sorts it anew."""
    name = field["name"]
    falls_first = field["type"] in cells.NUMBERS | cells.DATES
    descending = falls_first if current.removeprefix("-") != name else current == name
    order = {name: "ascending", f"-{name}": "descending"}.get(current, "")
    sort = f"-{name}" if descending else name
    return {"order": order, "address": rows_address(dataset, state.sorted_by(sort))}


def _chips(
    dataset: str, state: State, fields: Mapping[str, Field]
) -> list[dict[str, str]]:
    """What narrows the table, each with the address without it."""
    chips = [
        {
            "text": rows.filter_words(filter_, fields, tk._),
            "address": rows_address(dataset, state.less(filter_)),
        }
        for filter_ in state.filters
    ]
    if state.q:
        words = tk._("Words: {words}").format(words=state.q)
        chips.append(
            {"text": words, "address": rows_address(dataset, state.less_words())}
        )
    return chips


def _sums(
    context: Context,
    dataset: str,
    state: State,
    page: dict[str, Any] | None,
    summed: list[Summed],
) -> dict[str, dict[str, Any]]:
    """Total and mean of the columns of quantities, of all rows that are matched."""
    is_few = page and page["total_is_exact"] and 0 < page["total"] <= ADDED_UP
    if not is_few or not summed:
        return {}
    measures = [measure for column in summed for measure in column.measures]
    try:
        answer = tk.get_action("gpo_dataapi_record_aggregate")(
            tk.fresh_context(context),
            {"dataset": dataset, **state.selection, "measures": measures},
        )
    except tk.ValidationError:  # too slow: the page does without
        return {}
    return rows.read_sums(summed, answer)


def _cited(
    context: Context, pkg: dict[str, Any], version: int | None, page: dict[str, Any]
) -> dict[str, Any] | None:
    """The version that the address cites, if another one stands here: `{version, address}`.

    `address` is of its file; empty for a version that nobody may read.
    """
    if not version or version == page["version"]:
        return None
    try:
        tk.get_action("gpo_quality_file_show")(
            tk.fresh_context(context),
            {"dataset": pkg["id"], "format": "csv", "number": version},
        )
    except (tk.ObjectNotFound, tk.NotAuthorized):
        return {"version": version, "address": ""}
    address = downloads.address(pkg["name"], version=version)
    return {"version": version, "address": address}


def _profiles(context: Context, dataset: str) -> list[dict[str, Any]]:
    """What the columns look like; nothing as long as that is not computed."""
    answer = tk.get_action("gpo_dataapi_field_profile_list")(
        tk.fresh_context(context), {"dataset": dataset}
    )
    return answer["fields"]


def _links(dataset: str, state: State, page: dict[str, Any] | None) -> dict[str, str]:
    """Where the page leads: other pages of rows, files, a chart, its own stable address."""
    whole = state.first_page()
    chart = urlencode([filter_.pair for filter_ in state.filters])
    links = {
        "rows": rows_address(dataset, State()),
        "first": rows_address(dataset, whole),
        **{
            kind: export_address(dataset, kind, whole)
            for kind in ("csv", "xlsx", "json")
        },
        "chart": _chart(dataset) + (f"?{chart}" if chart else ""),
    }
    if page:
        cited = tk.h.url_for(
            "gpo_rows.table", id=dataset, qualified=True, locale="default"
        )
        links["citation"] = cited + whole.citing(page["version"]).query
        for name, turned in (
            ("previous", state.turned(page_before=page["previous"] or "")),
            ("next", state.turned(page_after=page["next"] or "")),
        ):
            if page[name]:
                links[name] = rows_address(dataset, turned)
    return links


def export_address(dataset: str, form: str, state: State) -> str:
    """Where a file of all rows of a state is."""
    address = tk.h.url_for(
        "gpo_dataapi.export", dataset=dataset, form=form, locale="default"
    )
    pairs = state.export_pairs
    return f"{address}?{urlencode(pairs)}" if pairs else address


def first_rows(
    context: Context, pkg: dict[str, Any], table: Table, limit: int
) -> dict[str, Any] | None:
    """The variables of `gpo_explore/snippets/first_rows.html`; None if there are no rows."""
    english = tk.h.gpo_common_english()
    fields = rows.labelled_fields(table.fields, english)
    state = State()
    try:
        page = rows_answer.list_records(
            context, pkg["id"], state, _needed(state, fields, table), limit
        )
    except (tk.ObjectNotFound, tk.ValidationError):
        return None
    names = [field["name"] for field in page["fields"]]
    visible = [name for name in state.visible(fields) if name in names]
    return {
        "page": page,
        "grid": _grid(pkg["name"], table, page, visible, state),
        "controls": rows.controls(fields, visible, state),
        "address": rows_address(pkg["name"], state),
        "chart": _chart(pkg["name"]),
    }


def rows_address(dataset: str, state: State) -> str:
    return _rows(dataset) + state.query


def _record_link(
    dataset: str, table: Table, record: Mapping[str, Any]
) -> dict[str, str]:
    """The page of a record and what its key is; empty for a record without a page."""
    query = records.record_query(dataset, record)
    if not query:
        return {"address": "", "name": ""}
    key = records.record_key(table, record)
    address = f"{tk.h.url_for('gpo_explore.record', id=dataset)}?{query}"
    return {"address": address, "name": " ".join(key.values())}


def _rows(dataset: str) -> str:
    return tk.h.url_for("gpo_rows.table", id=dataset)


def _chart(dataset: str) -> str:
    return tk.h.url_for("gpo_chart.chart", id=dataset)
