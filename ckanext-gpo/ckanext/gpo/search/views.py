"""The pages of the search, at the addresses of CKAN's own, and of what found nothing.

Without gpo_search, on a site that runs on Solr, CKAN's own views answer.
"""

from __future__ import annotations

from http import HTTPStatus

from flask import Blueprint, redirect
from flask.blueprints import BlueprintSetupState
from werkzeug.wrappers import Response

import ckan.plugins.toolkit as tk
from ckan.lib.search import SearchError

from ckanext.gpo.common.web import search_kinds

from .pages import form, zero_results
from .pages import results as results_page

__all__ = ["gpo_search"]

gpo_search = Blueprint("gpo_search", __name__)

Answer = str | tuple[str, int]


@gpo_search.route("/search", defaults={"kind": ""})
@gpo_search.route("/search/records", defaults={"kind": results_page.RECORD})
def results(kind: str) -> Answer:
    """The page of results; 400 with a word of advice where the query cannot be read."""
    search = form.read(tk.request.args.items(multi=True))
    content = {"form": search, "kind": kind, "tabs": search_kinds.tabs()}
    try:
        content |= results_page.content(search, kind)
    except (SearchError, tk.ValidationError):
        return tk.render("gpo_search/results.html", content | {"refused": True}), 400
    return tk.render("gpo_search/results.html", content), 200


@gpo_search.record
def add_lists(state: BlueprintSetupState) -> None:
    """A list for each kind with a tab, at the address that CKAN has for its type."""
    for kind in search_kinds.tabs():
        state.add_url_rule(f"/{kind}/", "results", results, defaults={"kind": kind})


@gpo_search.route("/desk/zero-result-queries")
def zero_result_queries() -> str | Response:
    if tk.current_user.is_anonymous:
        page = tk.url_for("gpo_search.zero_result_queries")
        return tk.redirect_to("user.login", came_from=page)
    return tk.render("gpo_search/zero_results.html", zero_results.content())


@gpo_search.route("/desk/zero-result-queries.csv")
def zero_result_queries_csv() -> Response:
    answer = zero_results.all_of_period()
    name = f"zero-result-queries-{answer['since']}.csv"
    return Response(
        zero_results.as_csv(answer["results"]),
        mimetype="text/csv",
        headers={
            "Content-Disposition": f"attachment; filename={name}",
            "Cache-Control": "private, no-store",
        },
    )


@gpo_search.route("/desk/missed", defaults={"view": "zero_result_queries"})
@gpo_search.route("/desk/missed.csv", defaults={"view": "zero_result_queries_csv"})
def former_zero_result_queries(view: str) -> Response:
    """The former addresses lead to those of now, for the same period."""
    period = {name: tk.request.args[name] for name in tk.request.args if name == "days"}
    return redirect(
        tk.url_for(f"gpo_search.{view}", **period), HTTPStatus.PERMANENT_REDIRECT
    )
