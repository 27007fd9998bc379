"""Every YAML as a harvest source of ckanext-harvest."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import ckan.plugins.toolkit as tk
from ckan import model

from ckanext.gpo.common.errors import GpoError
from ckanext.gpo.common.tables import tables

from . import config, handover
from .failures import explain
from .sources import Source


@dataclass(frozen=True)
class SyncOutcome:
    """What was done about one source: created, updated, unchanged, inactive, failed."""

    name: str
    outcome: str
    message: str = ""


def sync_sources() -> Iterator[SyncOutcome]:
    """Create or update one harvest source per YAML; each for itself.

    A source that a steward made inactive stays so. Harvest sources without a YAML are
    left alone: their next job says what is missing.
    """
    for name in config.sources().names():
        try:
            outcome = _sync(config.sources().get(name))
        except GpoError as err:
            yield SyncOutcome(name, "failed", explain(err, tk._))
        except tk.ValidationError as err:
            model.Session.rollback()
            yield SyncOutcome(
                name, "failed", json.dumps(err.error_dict, ensure_ascii=False)
            )
        else:
            yield SyncOutcome(name, outcome)


def _sync(source: Source) -> str:
    target = harvest_source(source)
    package = model.Package.get(source.name)
    if package is None:
        _call("harvest_source_create", target)
        return "created"
    if package.state != "active":
        return "inactive"
    current = _call("harvest_source_show", {"id": package.id})
    organization = (current.get("organization") or {}).get("name")
    current = {**current, "owner_org": organization}
    if all(current.get(key) == value for key, value in target.items()):
        return "unchanged"
    _call("harvest_source_update", {**target, "id": package.id})
    return "updated"


def harvest_source(source: Source) -> dict[str, Any]:
    """A source in the words of ckanext-harvest.

    Private: what goes on between departments is for their members.
    """
    return {
        "name": source.name,
        "title": source.title,
        "notes": source.description or _table_titles(source),
        "url": f"gpo-source://{source.name}",
        "source_type": f"gpo_{source.kind}",
        "owner_org": source.organization,
        "private": True,
        "frequency": source.schedule,
        "config": json.dumps({"source": source.name}),
    }


def _table_titles(source: Source) -> str:
    described = tables()
    return "".join(
        f"《{described[table.ref].title}》"
        for table in source.tables
        if table.ref in described
    )


def _call(action: str, data: dict[str, Any]) -> dict[str, Any]:
    return tk.get_action(action)(handover.context(), data)
