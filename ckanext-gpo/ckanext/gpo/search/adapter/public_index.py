"""What the public may see of the site, for answers that are the same for everybody."""

from __future__ import annotations

from dataclasses import asdict

import ckan.plugins.toolkit as tk
from ckan.lib.plugins import get_permission_labels
from ckan.lib.search.query import QUERY_FIELDS

from ckanext.gpo.common.web.search_kinds import Names, name_sources, package_types
from ckanext.gpo.search.scoring import ranking
from ckanext.gpo.search.suggest import Entry, Public, Spelling, Suggester

from .patch import make_connection


def public_suggester() -> Suggester:
    """The index as it is now, narrowed to what a reader without an account may see."""
    labels = get_permission_labels().get_user_dataset_labels(None)
    public = Public(tk.config["ckan.site_id"], tuple(labels), package_types())
    return Suggester(make_connection().engine.state(), public)


def public_spelling(fq: list[str]) -> Spelling:
    """Other queries for one that `package_search` was asked with these filters."""
    params = {
        "defType": "dismax",
        "qf": QUERY_FIELDS,
        "mm": ranking.CKAN_MINIMUM,
        "tie": ranking.CKAN_TIE,
        "df": "text",
        "q.op": "AND",
        "fq": fq,
    }
    return Spelling(public_suggester(), params)


def find_names(text: str, kind: str) -> list[tuple[Entry, int]]:
    """The things of a kind whose names fit, see `Suggester.names`."""
    source = name_sources()[kind]
    return public_suggester().names(text, kind, source.field, _entries(kind, source))


def all_names() -> list[Entry]:
    """What rooms bring to the search that is no package, as it is now."""
    return [
        entry
        for kind, source in name_sources().items()
        for entry in _entries(kind, source) or ()
    ]


def _entries(kind: str, source: Names) -> list[Entry] | None:
    if source.read is None:
        return None
    return [Entry(kind, **asdict(thing)) for thing in source.read()]
