"""The view of a domain: what must be disclosed, what fulfils it, what passes through.

Pure: made of public records, the reference data and a given day.
"""

from __future__ import annotations

from datetime import date
from typing import Any

from ckanext.gpo.common import clock
from ckanext.gpo.common.tables import table, tables

from . import item as items
from . import reference, state
from .publication import Publication

NOTHING: dict[str, Any] = {
    "datasets": 0,
    "rows": 0,
    "latest": None,
    "published": None,
    "months": {},
}
"""The gate's totals of a domain in which nothing is public."""


def figures(
    group: dict[str, Any],
    totals: dict[str, Any],
    latest: dict[str, Any] | None,
    item_count: int,
    today: date,
) -> dict[str, Any]:
    """A domain in a list: its names, counts, latest publication and line of the year.

    :param totals: what `gpo_quality_publication_totals` tells of it
    :param latest: the record of the dataset published last
    """
    return {
        "name": group["name"],
        "title": group["title"],
        "title_en": group.get("title_en", ""),
        "catalogue_title": group.get("catalogue_title", ""),
        "description": group.get("description", ""),
        "description_en": group.get("description_en", ""),
        "order": int(group.get("order") or 0),
        "dataset_count": totals["datasets"],
        "item_count": item_count,
        "latest": latest
        and {
            "name": latest["name"],
            "title": latest["title"],
            "title_en": latest["title_en"],
            "published": totals["published"],
        },
        "year": state.year_line(totals["months"], today),
    }


def item_state(
    table_refs: list[str], public: dict[str, Publication], today: date
) -> state.State:
    """The state of an item that these tables fulfil.

    :param public: public datasets of all domains by name
    """
    return state.item_state(
        (
            (clock.china_day(p.published), p.record["update_freq"])
            for p in fulfilling(table_refs, public)
        ),
        today,
    )


def fulfilling(
    table_refs: list[str], public: dict[str, Publication]
) -> list[Publication]:
    """The public datasets that fulfil an item of these tables."""
    names = [table(ref).dataset_name for ref in table_refs]
    return [public[name] for name in names if name in public]


def item_row(
    stored: dict[str, Any], public: dict[str, Publication], today: date
) -> dict[str, Any]:
    """An item with its state and the public datasets that fulfil it."""
    row = items.row(stored)
    table_refs: list[str] = row["table_refs"] or []
    return {
        **row,
        "state": item_state(table_refs, public, today),
        "datasets": [p.name for p in fulfilling(table_refs, public)],
    }


def dataset_row(publication: Publication, today: date) -> dict[str, Any]:
    """A public dataset as a domain lists it."""
    record = {k: v for k, v in publication.record.items() if k != "resource_id"}
    freq = record["update_freq"]
    last = clock.china_day(publication.published)
    limit = state.due(last, freq)
    return {
        **record,
        "row_count": publication.row_count,
        "published": publication.published,
        "due": limit and limit.isoformat(),
        "overdue": state.is_overdue(last, freq, today),
    }


def chain_view(chain: dict[str, Any], public: dict[str, Publication]) -> dict[str, Any]:
    """A data chain with its stations; what is not public yet is a station without data."""
    return {
        "name": chain["name"],
        "title": chain["title"],
        "title_en": chain["title_en"],
        "description": chain.get("description", ""),
        "description_en": chain.get("description_en", ""),
        "key": chain["key"],
        "key_title": _field_title(chain["root"], chain["key"]),
        "stations": [_station(station, public) for station in chain["stations"]],
    }


def counts(
    domain: str,
    totals: dict[str, Any],
    public: dict[str, Publication],
    item_states: list[state.State],
) -> dict[str, int]:
    """How much of a domain is published.

    `datasets` are the tables that its Data Package promises and what else is public,
    `published` the public ones.
    """
    promised = {t.dataset_name for t in tables().values() if t.domain == domain}
    return {
        "datasets": len(promised - public.keys()) + totals["datasets"],
        "published": totals["datasets"],
        "items": len(item_states),
        "items_published": sum(state != "pending" for state in item_states),
        "rows": totals["rows"],
    }


def item_counts(entries: list[dict[str, Any]]) -> dict[str, dict[str, int]]:
    """Domain → `{items, items_published}`.

    :param entries: items, each with its `domain` and `state`
    """
    counts: dict[str, dict[str, int]] = {}
    for entry in entries:
        counted = counts.setdefault(entry["domain"], {"items": 0, "items_published": 0})
        counted["items"] += 1
        counted["items_published"] += entry["state"] != "pending"
    return counts


def _station(station: dict[str, str], public: dict[str, Publication]) -> dict[str, Any]:
    station_table = table(station["table"])
    publication = public.get(station_table.dataset_name)
    department = reference.department(station_table.gpo["organization"])
    return {
        "table_ref": station_table.ref,
        "domain": station_table.domain,
        "title": station_table.title,
        "title_en": station_table.descriptor.get("title_en", ""),
        "dataset": station_table.dataset_name,
        "department": department["title"],
        "department_en": department["title_en"],
        "published": publication is not None,
        "version": publication and publication.version,
        "number_field": station["number"],
        "date_field": station["date"],
    }


def _field_title(ref: str, name: str) -> str:
    return next(f["title"] for f in table(ref).fields if f["name"] == name)
