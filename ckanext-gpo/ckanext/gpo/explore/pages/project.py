"""What the page of a project shows."""

from __future__ import annotations

from typing import Any

import ckan.plugins.toolkit as tk

from . import dossier as pages


def content(dossier: dict[str, Any]) -> dict[str, Any]:
    """The variables of `gpo_explore/project.html`.

    :param dossier: the answer of `gpo_explore_project_show`
    """
    english = tk.h.gpo_common_english()
    stations = dossier["stations"]
    terms = [
        term
        for station in stations
        for entry in station["records"]
        for term in entry["terms"]
    ]
    return {
        "dossier": dossier,
        "is_sample": pages.is_sample(dossier),
        "line": pages.line(dossier),
        "stations": [
            (place, station, pages.facts(station, english))
            for place, station in enumerate(stations, 1)
        ],
        "reached": sum(bool(s["records"]) for s in stations if s["in_chain"]),
        "chain_length": sum(station["in_chain"] for station in stations),
        "late": sum(_is_late(term) for term in terms),
        "unjudged": sum(term["state"] == "unjudged" for term in terms),
    }


def _is_late(term: dict[str, Any]) -> bool:
    """Whether a time limit of the law was exceeded; a contract's concerns its parties."""
    return term["state"] in ("late", "overdue") and not term["agreed"]
