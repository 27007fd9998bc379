"""Versions, their steps and their publications as the API gives them."""

from __future__ import annotations

from datetime import datetime
from typing import Any

import ckan.plugins.toolkit as tk

from ckanext.gpo.quality.model import Event, Version
from ckanext.gpo.quality.reception import origin
from ckanext.gpo.quality.workflow import State


def version(of: Version, dataset: str) -> dict[str, Any]:
    """A version without its report. Times are ISO 8601 in UTC.

    `override` says who let it pass although the gate had rejected it, and why.
    """
    (told,) = versions([(of, dataset)])
    return told


def versions(of: list[tuple[Version, str]]) -> list[dict[str, Any]]:
    """Versions with the names of their datasets, in one statement at most."""
    # Only a version with errors that went on nevertheless can have been overridden.
    overrides = Event.overrides(
        [
            version.id
            for version, _ in of
            if version.error_count and version.state != State.REJECTED.value
        ]
    )
    return [
        _version(version, dataset, overrides.get(version.id)) for version, dataset in of
    ]


def _version(of: Version, dataset: str, override: Event | None) -> dict[str, Any]:
    return {
        "id": of.id,
        "dataset": dataset,
        "table_ref": of.table_ref,
        "number": of.number,
        "state": of.state,
        "content_hash": of.content_hash,
        "schema_hash": of.schema_hash,
        "source": of.source,
        "origin": origin.readable(of.origin),
        "actor": of.actor,
        "waiting_for": of.waiting_for,
        "row_count": of.row_count,
        "rule_count": of.rule_count,
        "error_count": of.error_count,
        "engine": (of.report or {}).get("engine"),
        "changes": of.changes,
        "created": iso(of.created),
        "checked": iso(of.checked),
        "published": iso(of.published),
        "override": override
        and {
            "actor": override.actor,
            "reason": override.reason,
            "created": iso(override.created),
        },
    }


def publication(of: Version, dataset: str) -> dict[str, Any]:
    """A publication as the change feed tells it."""
    known = of.changes or {"previous": None, "totals": None}
    to_see = known["totals"] is not None and of.in_public_history
    return {
        "version": of.number,
        "id": of.id,
        "published": iso(of.published),
        "state": of.state,
        "row_count": of.row_count,
        **known,
        "diff": _diff_address(dataset, known["previous"], of.number)
        if to_see
        else None,
    }


def _diff_address(dataset: str, old: int, new: int) -> str:
    numbers = {"from": old, "to": new}
    return tk.url_for(
        "api.action",
        ver=3,
        logic_function="gpo_quality_version_diff",
        dataset=dataset,
        qualified=True,
        locale="default",
        **numbers,
    )


def event(of: Event) -> dict[str, Any]:
    return {
        "from_state": of.from_state,
        "to_state": of.to_state,
        "actor": of.actor,
        "reason": of.reason,
        "created": iso(of.created),
    }


def iso(moment: datetime | None) -> str | None:
    return moment.isoformat(timespec="seconds") if moment else None
