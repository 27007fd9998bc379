"""A page of records, from whichever engine answers the question best.

PostgreSQL has indexes for filters and orders of the rows that are public now. Parts of texts
are found in the file of their texts; whole counts and earlier versions are read from the
Parquet files, as words are where there are no texts.
"""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import suppress
from typing import Any, Final

import ckan.plugins.toolkit as tk
from ckan.types import Context

from ckanext.gpo.common.row_texts import Matches
from ckanext.gpo.common.tables import Table

from . import earlier, query
from .query import Field, Order, Page, QueryError, Total, Unserved
from .questions import (
    FileQuestion,
    Publication,
    Question,
    ask_file,
    ask_rows,
    is_public,
    read_texts,
    refusal,
)

Parameters = Mapping[str, Any]

WALK_COST: Final = 0.25
"""What it costs to pass a row in the order of an index, beside that of getting one by number."""
COMMON_SECONDS: Final = 1
"""How long a page of rows with a common part of a text may take where another way is left."""


def answer(
    context: Context, current: Publication, parameters: Parameters
) -> dict[str, Any]:
    """What `gpo_dataapi_record_list` answers.

    :param current: what is public of the dataset now
    :raises ObjectNotFound: there is no such version, or its rows are missing
    :raises ValidationError: as `questions.ask`
    """
    try:
        number = earlier.named_version(
            context, current, parameters.get("version"), parameters["as_of"]
        )
    except QueryError as err:
        raise refusal(err) from err
    if number != current.version:
        with earlier.ask_version(context, current, number) as question:
            return _from_file(question, parameters)
    if _names_texts(parameters):
        with suppress(Unserved):
            return _from_texts(context, current, parameters)
    if parameters["q"]:
        with suppress(Unserved), ask_file(context, current) as question:
            return _from_file(question, parameters)
    return _from_rows(context, current, parameters)


def _names_texts(parameters: Parameters) -> bool:
    """Whether parts of texts may be asked for."""
    return bool(parameters["q"]) or "contains" in str(parameters["filters"])


def _from_texts(
    context: Context, current: Publication, parameters: Parameters
) -> dict[str, Any]:
    """What the texts of rows and the rows answer together.

    :raises Unserved: there are no texts of them, or they help little
    """
    texts, lower = read_texts(context, current)
    with ask_rows(current) as question:
        run, listing = question.run, _Listing(question, parameters)
        sieve = query.Sieve(listing.selection, lower)
        if not sieve.fits(texts):
            raise Unserved
        is_counted = sieve.is_whole and parameters["count"] == "exact"
        matches = sieve.find(texts, query.COUNTED, run.check, is_counted=is_counted)
        if not matches.is_complete and not sieve.is_whole:
            raise Unserved
        if sieve.is_whole and listing.is_common(matches):
            run.follow_indexes()
            with run.hurry(COMMON_SECONDS):
                page = query.read_page(run, *listing.page, **listing.places)
        else:
            listing.selection = sieve.rest(matches)
            page = query.read_page(run, *listing.page, **listing.places)
        total = listing.known_total(page)
        if total is None and sieve.is_whole:
            most = matches.count if is_counted else query.COUNTED
            total = Total(min(matches.count, most), matches.is_exact)
        elif total is None:
            total = query.count(run, listing.selection, len(page.records), most=None)
    # Rows change with the version. What is public still had its rows in place until now.
    if not is_public(current):
        raise Unserved
    return listing.answer(page, total)


def _from_file(question: FileQuestion, parameters: Parameters) -> dict[str, Any]:
    listing = _Listing(question, parameters)
    page = query.read_page_of_file(question.run, *listing.page, **listing.places)
    total = listing.known_total(page)
    if total is None:
        most = None if parameters["count"] == "exact" else query.COUNTED
        total = query.count_in_file(question.run, listing.selection, most)
    return listing.answer(page, total)


def _from_rows(
    context: Context, current: Publication, parameters: Parameters
) -> dict[str, Any]:
    with ask_rows(current) as question:
        listing = _Listing(question, parameters)
        page = query.read_page(question.run, *listing.page, **listing.places)
        total = listing.known_total(page)
        if total is None and parameters["count"] == "bounded":
            total = query.count(
                question.run, listing.selection, len(page.records), query.COUNTED
            )
    if total is None:
        total = _whole_count(context, current, parameters, len(page.records))
    return listing.answer(page, total)


def _whole_count(
    context: Context, current: Publication, parameters: Parameters, least: int
) -> Total:
    try:
        with ask_file(context, current) as question:
            selection = question.selection(parameters["filters"], parameters["q"])
            return query.count_in_file(question.run, selection)
    except Unserved:
        with ask_rows(current) as question:
            selection = question.selection(parameters["filters"], parameters["q"])
            return query.count(question.run, selection, least, most=None)


class _Listing:
    """What is asked of the records, read against their fields."""

    def __init__(
        self, question: Question | FileQuestion, parameters: Parameters
    ) -> None:
        self._publication = question.publication
        self._fields = question.fields
        self._parameters = parameters
        self.selection = question.selection(parameters["filters"], parameters["q"])
        self._selected = query.select_fields(
            self._fields, parameters["fields"], "fields", tk._
        )

    def is_common(self, matches: Matches) -> bool:
        """Whether there is soon a page of what matches in any order.

        Else it is quicker to get all of it and to sort that.
        """
        rows = self._publication.row_count
        passed = (self._parameters["limit"] + 1) * rows / max(matches.count, 1)
        return not matches.is_complete or matches.count > passed * WALK_COST

    @property
    def page(self) -> tuple[Any, ...]:
        """What `read_page` takes beside a run and the place."""
        return (
            self.selection,
            self._selected,
            self._order,
            self._parameters["limit"],
            self._publication.version,
            tk._,
        )

    @property
    def places(self) -> dict[str, Any]:
        """The place that the page begins after, or ends before."""
        number = self._publication.version
        return {
            f"page_{name}": query.parse_cursor(
                self._parameters[name], number, name, tk._
            )
            for name in ("after", "before")
        }

    @property
    def _order(self) -> Order:
        return query.parse_order(
            self._parameters["sort"],
            self._fields,
            self._publication.row_count,
            query.default_order(self._publication.table, self._fields),
            tk._,
        )

    def known_total(self, page: Page) -> Total | None:
        """How many there are if that is known without counting; 0 if it is not asked."""
        if self._parameters["count"] == "none":
            return Total(0, is_exact=False)
        is_first = not self._parameters["after"] and not self._parameters["before"]
        return query.known_total(
            self.selection, self._publication.row_count, page, is_first=is_first
        )

    def answer(self, page: Page, total: Total) -> dict[str, Any]:
        fields, rows = self._fields, self._publication.row_count
        is_counted = self._parameters["count"] != "none"
        return {
            **self._publication.source,
            "fields": [
                _descriptor(field, self._publication.table) for field in self._selected
            ],
            "sortable": [field.name for field in query.sortable_fields(fields, rows)],
            "sort": str(self._order),
            "records": page.records,
            "total": total.count if is_counted else None,
            "total_is_exact": total.is_exact,
            "previous": page.previous and str(page.previous),
            "next": page.next and str(page.next),
        }


def _descriptor(field: Field, table: Table) -> dict[str, Any]:
    declared = next(f for f in table.fields if f["name"] == field.name)
    names = ("title", "title_en", "unit")
    return {
        "name": field.name,
        "type": field.type,
        **{name: declared[name] for name in names if declared.get(name)},
    }
