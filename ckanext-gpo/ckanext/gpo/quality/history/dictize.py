"""Versions, their steps and their publications as the API gives them."""

from __future__ import annotations

from datetime import datetime
from typing import Any

import ckan.plugins.toolkit as tk

from ckanext.gpo.common.ledger import Event
from ckanext.gpo.quality.model import Version
from ckanext.gpo.quality.reception import origin
from ckanext.gpo.quality.workflow import State


def version(version: Version, dataset: str, *, staff: bool = False) -> dict[str, Any]:
    """A version without its report. Times are ISO 8601 in UTC.

    `override` says who let it pass although the gate had rejected it, and why.

    :param staff: whether the reader may edit the dataset: then the note that was left
        with the version is part of the answer
    """
    (answer,) = versions([(version, dataset)], staff=staff)
    return answer


def versions(
    pairs: list[tuple[Version, str]], *, staff: bool = False
) -> list[dict[str, Any]]:
    """Versions with the names of their datasets, in one statement at most."""
    # Only a version with errors that went on nevertheless can have been overridden.
    overrides = Version.overrides(
        [
            version.id
            for version, _ in pairs
            if version.error_count and version.state != State.REJECTED.value
        ]
    )
    return [
        _version(version, dataset, overrides.get(version.id))
        | ({"note": version.origin.get(origin.NOTE, "")} if staff else {})
        for version, dataset in pairs
    ]


def _version(version: Version, dataset: str, override: Event | None) -> dict[str, Any]:
    return {
        "id": version.id,
        "dataset": dataset,
        "table_ref": version.table_ref,
        "number": version.number,
        "state": version.state,
        "content_hash": version.content_hash,
        "schema_hash": version.schema_hash,
        "source": version.source,
        "origin": origin.readable(version.origin),
        "actor": version.actor,
        "waiting_for": version.waiting_for,
        "row_count": version.row_count,
        "rule_count": version.rule_count,
        "error_count": version.error_count,
        "engine": (version.report or {}).get("engine"),
        "changes": version.changes,
        "created": iso(version.created),
        "checked": iso(version.checked),
        "published": iso(version.published),
        "override": override
        and {
            "actor": override.account,
            "reason": override.reason,
            "created": iso(override.created),
        },
    }


def publication(version: Version, dataset: str) -> dict[str, Any]:
    """A publication as the change feed tells it."""
    changes = version.changes or {"previous": None, "totals": None}
    to_see = changes["totals"] is not None and version.in_public_history
    return {
        "version": version.number,
        "id": version.id,
        "published": iso(version.published),
        "state": version.state,
        "row_count": version.row_count,
        **changes,
        "diff": _diff_address(dataset, changes["previous"], version.number)
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


def event(event: Event) -> dict[str, Any]:
    return {
        "from_state": event.from_state,
        "to_state": event.what,
        "actor": event.account,
        "post": event.post,
        "reason": event.reason,
        "created": iso(event.created),
    }


def iso(moment: datetime | None) -> str | None:
    return moment.isoformat(timespec="seconds") if moment else None
