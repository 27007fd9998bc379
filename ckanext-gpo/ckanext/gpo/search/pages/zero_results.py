"""Queries that found nothing: the page for stewards, and the same as a file."""

from __future__ import annotations

import csv
import io
from typing import Any

import ckan.plugins.toolkit as tk

from ckanext.gpo.common import formulas
from ckanext.gpo.common.web import paging
from ckanext.gpo.common.web.actions import call_action

PERIODS = (7, 30, 90, 365)
"""Days that the page offers."""

ROWS = 50
ALL = 1_000


def content() -> dict[str, Any]:
    """The variables of `gpo_search/zero_results.html`, for the period and page asked for.

    :raises werkzeug.exceptions.NotFound: there is no such page
    """
    days, number = _days(), tk.h.get_page_number(tk.request.args)
    answer = call_action(
        "gpo_search_zero_result_query_list",
        days=days,
        start=(number - 1) * ROWS,
        rows=ROWS,
    )
    if number > 1 and not answer["results"]:
        return tk.abort(404, tk._("There is nothing at this address."))
    page = paging.page(answer["results"], answer["count"], ROWS)
    return {"answer": answer, "days": days, "periods": PERIODS, "page": page}


def all_of_period() -> dict[str, Any]:
    """All queries of the period asked for, as far as one file holds them."""
    return call_action("gpo_search_zero_result_query_list", days=_days(), rows=ALL)


def as_csv(results: list[dict[str, Any]]) -> str:
    """The list for a spreadsheet, which takes it for UTF-8 by the mark at its start."""
    text = io.StringIO()
    text.write("\ufeff")
    writer = csv.writer(text)
    writer.writerow([tk._("Query"), tk._("Times"), tk._("Last asked")])
    writer.writerows(
        [formulas.inert(row["query"]), row["times"], row["last"]] for row in results
    )
    return text.getvalue()


def _days() -> int:
    """The period of the query string, if it is one that the page offers."""
    days = tk.h.get_param_int("days", PERIODS[1])
    return days if days in PERIODS else PERIODS[1]
