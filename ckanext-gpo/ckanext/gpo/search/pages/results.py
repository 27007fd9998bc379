"""The page of results: all kinds, or one of them."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import islice
from typing import Any

from ckan.lib.helpers import Page

from ckanext.gpo.common.web.actions import call_action
from ckanext.gpo.common.web.search_kinds import name_sources, package_types, tabs

from . import facets, lenient, record_subjects
from .form import SearchForm

ROWS = 20
BEST_RECORDS = 20
"""Records that are looked at for what stands above the results of all kinds."""

RECORD = "record"
"""The tab of records, which are no packages and have no names of their own."""


def content(form: SearchForm, kind: str) -> dict[str, Any]:
    """The variables of `gpo_search/results.html`, but for what the form says already.

    :param kind: of the open tab; empty for all kinds
    :raises SearchError, ValidationError: the query cannot be read
    """
    start = (form.page - 1) * ROWS
    names = _names(form, kind, start)
    params = {
        "q": form.q,
        "kind": kind if kind in package_types() else "",
        "filters": form.filters,
        "sort": form.sort,
        "start": start,
        "rows": 0 if kind in names or kind == RECORD else ROWS,
    }
    answer, read_as = lenient.find(params, is_lenient=kind in ("", RECORD))
    records = _records(read_as or form.q, kind, start)
    apart = {**names, RECORD: records}
    return {
        "answer": answer,
        "read_as": read_as,
        "stretches": stretches(answer["results"], answer["tiers"], start),
        "page": _page(apart.get(kind, answer), form.page),
        "names": names,
        "records": records,
        "record_subjects": record_subjects.group(records["results"]),
        "facet_titles": facets.titles(),
        "counts": {
            "": sum(answer["kinds"].values()),
            **answer["kinds"],
            **{name: matches["count"] for name, matches in apart.items()},
        },
        "alternatives": None if records["count"] else _alternatives(form, answer),
    }


def _names(form: SearchForm, kind: str, start: int) -> dict[str, dict[str, Any]]:
    """The answers of gpo_search_names for the kinds of names that have a tab.

    :param start: how many to pass over on the open tab
    """
    return {
        name: call_action(
            "gpo_search_names",
            q=form.q,
            kind=name,
            start=start if name == kind else 0,
            rows=ROWS,
        )
        for name in name_sources()
        if name in tabs()
    }


def _records(words: str, kind: str, start: int) -> dict[str, Any]:
    """The records that the words find; filters are of datasets, and narrow none of them."""
    is_open = kind == RECORD
    return call_action(
        "gpo_search_record_find",
        q=words,
        start=start if is_open else 0,
        rows=ROWS if is_open else BEST_RECORDS,
    )


def _alternatives(form: SearchForm, answer: dict[str, Any]) -> dict[str, Any] | None:
    """What may have been meant, where nothing has the words as they were typed."""
    if not form.q or (answer["count"] and not answer["guessed"]):
        return None
    return call_action("gpo_search_alternatives", q=form.q, fq=answer["fq"])


def _page(answer: dict[str, Any], number: int) -> Page:
    page = Page(
        collection=answer["results"],
        page=number,
        url=lambda **_: "",  # the page's own template makes the links
        item_count=answer["count"],
        items_per_page=ROWS,
    )
    page.items = answer["results"]
    return page


@dataclass(frozen=True)
class Stretch:
    """Results of one page that fit alike; `count` says how many do on all pages."""

    match: str
    count: int
    results: list[dict[str, Any]]


def stretches(
    results: list[dict[str, Any]], tiers: list[dict[str, Any]], start: int
) -> list[Stretch]:
    """The results of a page, divided where those that fit better end.

    :param tiers: the answer of gpo_search_find; a search without words has none
    :param start: how many results stand on the pages before
    """
    if not tiers:
        return [Stretch("full", len(results), results)]
    divided: list[Stretch] = []
    rest = iter(results)
    for tier in tiers:
        part = list(islice(rest, max(tier["count"] - start, 0)))
        start = max(start - tier["count"], 0)
        if part:
            divided.append(Stretch(tier["match"], tier["count"], part))
    return divided
