"""What the page of an enterprise shows."""

from __future__ import annotations

from typing import Any

import ckan.plugins.toolkit as tk

from ckanext.gpo.common import clock

from . import dossier as pages


def content(dossier: dict[str, Any]) -> dict[str, Any]:
    """The variables of `gpo_explore/enterprise.html`.

    :param dossier: the answer of `gpo_explore_enterprise_show`
    """
    english = tk.h.gpo_common_english()
    return {
        "dossier": dossier,
        "is_sample": pages.is_sample(dossier),
        "today": clock.today().isoformat(),
        "stations": [
            (station, pages.facts(station, english))
            for station in dossier["stations"]
            if station["records"]
        ],
        "empty": [
            station
            for station in dossier["stations"]
            if station["published"] and not station["records"]
        ],
    }
