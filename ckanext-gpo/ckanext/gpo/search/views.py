"""What readers asked for and did not find: a page for stewards, and the same as a file."""

from __future__ import annotations

import csv
import io
from typing import Any

from flask import Blueprint
from werkzeug.wrappers import Response

import ckan.plugins.toolkit as tk
from ckan.lib.pagination import Page

from ckanext.gpo.common.web.actions import call_action

__all__ = ["missed"]

missed = Blueprint("gpo_missed", __name__)

PERIODS = (7, 30, 90, 365)
"""Days that the page offers."""

ROWS = 50
ALL = 1_000

FORMULA = ("=", "+", "-", "@", "\t", "\r")
"""What a spreadsheet would carry out; behind an apostrophe it shows it."""


@missed.route("/desk/missed")
def index() -> str | Response:
    if tk.current_user.is_anonymous:
        return tk.redirect_to("user.login", came_from=tk.url_for("gpo_missed.index"))
    days = _days()
    number = tk.h.get_page_number(tk.request.args)
    found = call_action(
        "gpo_search_zero_result_query_list",
        days=days,
        start=(number - 1) * ROWS,
        rows=ROWS,
    )
    if number > 1 and not found["results"]:
        return tk.abort(404, tk._("There is nothing at this address."))
    page = Page(
        collection=found["results"],
        page=number,
        item_count=found["count"],
        items_per_page=ROWS,
        presliced_list=True,
    )
    return tk.render(
        "gpo_search/missed.html",
        {"found": found, "days": days, "periods": PERIODS, "page": page},
    )


@missed.route("/desk/missed.csv")
def download() -> Response:
    found = call_action("gpo_search_zero_result_query_list", days=_days(), rows=ALL)
    return Response(
        as_csv(found["results"]),
        mimetype="text/csv",
        headers={
            "Content-Disposition": f"attachment; filename=missed-{found['since']}.csv",
            "Cache-Control": "private, no-store",
        },
    )


def as_csv(results: list[dict[str, Any]]) -> str:
    """The list for a spreadsheet, which takes it for UTF-8 by the mark at its start."""
    text = io.StringIO()
    text.write("\ufeff")
    writer = csv.writer(text)
    writer.writerow([tk._("Query"), tk._("Times"), tk._("Last asked")])
    writer.writerows(
        [_harmless(row["query"]), row["times"], row["last"]] for row in results
    )
    return text.getvalue()


def _harmless(cell: str) -> str:
    return f"'{cell}" if cell.startswith(FORMULA) else cell


def _days() -> int:
    """The period of the query string, if it is one that the page offers."""
    days = tk.h.get_param_int("days", PERIODS[1])
    return days if days in PERIODS else PERIODS[1]
