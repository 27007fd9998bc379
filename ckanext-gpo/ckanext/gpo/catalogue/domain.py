"""The view of a domain: what must be disclosed, what fulfils it, what passes through.

Pure: made of public records, the reference data and a given day.
"""

from __future__ import annotations

from datetime import date
from typing import Any

from ckanext.gpo.common.tables import table, tables

from . import item as items
from . import reference, state
from .publication import Publication


def figures(
    group: dict[str, Any], datasets: list[Publication], item_count: int, today: date
) -> dict[str, Any]:
    """A domain in a list: its names, counts, latest publication and line of the year."""
    latest = datasets[0] if datasets else None
    days = [state.day_of(moment) for dataset in datasets for moment in dataset.moments]
    return {
        "name": group["name"],
        "title": group["title"],
        "title_en": group.get("title_en", ""),
        "catalogue_title": group.get("catalogue_title", ""),
        "description": group.get("description", ""),
        "description_en": group.get("description_en", ""),
        "order": int(group.get("order") or 0),
        "dataset_count": len(datasets),
        "item_count": item_count,
        "latest": latest
        and {
            "name": latest.name,
            "title": latest.dataset["title"],
            "title_en": latest.dataset.get("title_en", ""),
            "published": latest.last,
        },
        "year": state.year_line(days, today),
    }


def item_rows(
    stored: list[dict[str, Any]], public: dict[str, Publication], today: date
) -> list[dict[str, Any]]:
    """The items of a domain with their state and the public datasets that fulfil them.

    :param public: public datasets of all domains by name
    """
    return [_item_row(item, public, today) for item in stored]


def dataset_row(publication: Publication, today: date) -> dict[str, Any]:
    """A public dataset as a domain lists it."""
    dataset = publication.dataset
    freq = dataset.get("update_freq", "")
    last = state.day_of(publication.last)
    limit = state.due(last, freq)
    return {
        "name": publication.name,
        "title": dataset["title"],
        "title_en": dataset.get("title_en", ""),
        "notes": dataset.get("notes", ""),
        "notes_en": dataset.get("notes_en", ""),
        "organization": (dataset.get("organization") or {}).get("name"),
        "data_kind": dataset.get("data_kind", ""),
        "row_count": publication.row_count,
        "published": publication.last,
        "update_freq": freq,
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
    domain: str, datasets: list[Publication], items: list[dict[str, Any]]
) -> dict[str, int]:
    """How much of a domain is published.

    `datasets` are the tables that its Data Package promises, `published` the public ones.
    """
    promised = {t.dataset_name for t in tables().values() if t.domain == domain}
    return {
        "datasets": len(promised | {dataset.name for dataset in datasets}),
        "published": len(datasets),
        "items": len(items),
        "items_published": sum(item["state"] != "pending" for item in items),
        "rows": sum(dataset.row_count for dataset in datasets),
    }


def _item_row(
    stored: dict[str, Any], public: dict[str, Publication], today: date
) -> dict[str, Any]:
    row = items.row(stored)
    names = [table(ref).dataset_name for ref in row["table_refs"] or []]
    fulfilling = [public[name] for name in names if name in public]
    return {
        **row,
        "state": state.item_state(
            (
                (state.day_of(p.last), p.dataset.get("update_freq", ""))
                for p in fulfilling
            ),
            today,
        ),
        "datasets": [p.name for p in fulfilling],
    }


def _station(station: dict[str, str], public: dict[str, Publication]) -> dict[str, Any]:
    of = table(station["table"])
    department = reference.department(of.gpo["organization"])
    return {
        "table_ref": of.ref,
        "domain": of.domain,
        "title": of.title,
        "title_en": of.descriptor.get("title_en", ""),
        "dataset": of.dataset_name,
        "department": department["title"],
        "department_en": department["title_en"],
        "published": of.dataset_name in public,
        "number_field": station["number"],
        "date_field": station["date"],
    }


def _field_title(ref: str, name: str) -> str:
    return next(f["title"] for f in table(ref).fields if f["name"] == name)
