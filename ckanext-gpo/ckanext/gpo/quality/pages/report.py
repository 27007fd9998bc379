"""What the page of a report shows: a summary, and a page of the cards of faulty rows."""

from __future__ import annotations

from typing import Any

import ckan.plugins.toolkit as tk

from ckanext.gpo.common.tables import table
from ckanext.gpo.common.web import paging
from ckanext.gpo.common.web.actions import call_action

CARDS = 20
"""Cards on a page of the report."""


def content(pkg: dict[str, Any], version: dict[str, Any]) -> dict[str, Any]:
    """The variables of `gpo_quality/report.html`; `rule` and `field` by the query string."""
    variables = {
        "pkg": pkg,
        "version": version,
        "key": table(version["table_ref"]).primary_key,
        "progress": call_action("gpo_quality_version_progress", id=version["id"]),
    }
    report = version["report"]
    if not report or report["valid"]:
        return variables
    choice = {name: tk.request.args.get(name, "") for name in ("rule", "field")}
    window = paging.window(CARDS)
    answer = call_action(
        "gpo_quality_version_cards", id=version["id"], **choice, **window
    )
    if window["offset"] and not answer["cards"]:
        return tk.abort(404, tk._("There is nothing at this address."))
    return variables | {
        "choice": choice,
        "rules": _options(report["counts"], "rule", "title"),
        "columns": _options(report["counts"], "field", "label"),
        "total": answer["total"],
        "cards": answer["cards"],
        "page": paging.page(answer["cards"], answer["total"], CARDS),
        "correct": _correct(pkg, version),
    }


def _options(
    counts: list[dict[str, Any]], name: str, title: str
) -> list[tuple[str, str]]:
    """What can be chosen, each once: value and title."""
    return [
        *{
            count[name]: (count[name], count[title]) for count in counts if count[name]
        }.values()
    ]


def _correct(pkg: dict[str, Any], version: dict[str, Any]) -> str:
    """Where cells of a rejected version are corrected; empty for who may not."""
    subject = {"dataset": pkg["id"]}
    if version["state"] != "rejected" or not tk.h.check_access(
        "gpo_quality_version_submit", subject
    ):
        return ""
    return tk.url_for(
        "gpo_quality_door.correct", id=pkg["name"], version_id=version["id"]
    )
