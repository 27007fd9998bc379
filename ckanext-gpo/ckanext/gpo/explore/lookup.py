"""What the public sees of tables, read for dossiers by the actions of other rooms.

A dossier is the same for everybody: it is gathered as a reader without an account, so no
row of a private dataset is in it, nor counted.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Collection, Mapping
from threading import Lock
from typing import Any, NamedTuple

from cachetools import LRUCache

import ckan.plugins.toolkit as tk
from ckan.types import Context

from ckanext.gpo.common import clock
from ckanext.gpo.common.tables import table

from .dossiers import Publication

ROWS = 50
"""Rows of one table in a dossier at most."""

KEPT_ROWS = 20_000
"""Rows that a process keeps of the answers to what pages have asked."""

READABLE = ("published", "superseded")
"""States of versions whose rows everybody may read."""


class Rows(NamedTuple):
    """Rows of a table, and how many there are; at least so many if `exact` is false."""

    records: list[dict[str, Any]]
    total: int
    exact: bool


NO_ROWS = Rows([], 0, exact=True)


def public_context() -> Context:
    """The context of whoever has no account."""
    return {"user": "", "ignore_auth": False}


def public_tables(table_refs: Collection[str]) -> dict[str, dict[str, Any]]:
    """Ref → publication of those of the tables that are public now, in their order.

    A publication is one of `gpo_quality_publication_list`.
    """
    names = {table(ref).dataset_name: ref for ref in table_refs}
    if not names:
        return {}
    answer = tk.get_action("gpo_quality_publication_list")(
        public_context(), {"datasets": [*names], "limit": len(names)}
    )
    public = {result["dataset"]: result for result in answer["results"]}
    return {ref: public[name] for name, ref in names.items() if name in public}


def rows(
    table_ref: str,
    publication: Mapping[str, Any],
    filters: Mapping[str, Any],
    *,
    limit: int = ROWS,
) -> Rows:
    """Public rows of a table, the newest first where they have a day.

    Rows of a published version never change, so answers are kept until another is public.

    :param publication: of the table, as `public_tables` tells it
    """
    question = json.dumps([filters, limit], sort_keys=True, default=str)
    key = (table_ref, publication["version"], question)
    with _lock:
        kept_rows: Rows | None = _answers.get(key)
    if kept_rows is not None:
        return kept_rows
    number, answer = _ask(table_ref, filters, limit)
    if number == publication["number"]:
        with _lock:
            _answers[key] = answer
    return answer


def _weight(answer: Rows) -> int:
    return 1 + len(answer.records)


_answers: LRUCache[tuple[str, str, str], Rows] = LRUCache(KEPT_ROWS, _weight)
_lock = Lock()


def _ask(table_ref: str, filters: Mapping[str, Any], limit: int) -> tuple[int, Rows]:
    """The number of the version that is public, and its rows."""
    try:
        answer = tk.get_action("gpo_dataapi_record_list")(
            public_context(),
            {
                "dataset": table(table_ref).dataset_name,
                "filters": dict(filters),
                "limit": limit,
            },
        )
    except (tk.ObjectNotFound, tk.NotAuthorized):
        return 0, NO_ROWS
    except tk.ValidationError as refusal:
        if refusal.error_dict.get("code") == ["field-unknown"]:
            return 0, NO_ROWS  # it is of a time when the table had other columns
        raise
    rows = Rows(answer["records"], answer["total"], answer["total_is_exact"])
    return answer["version"], rows


def publications(table_ref: str) -> list[dict[str, Any]]:
    """The publications of a table, the oldest first; see `gpo_quality_changes`."""
    try:
        return tk.get_action("gpo_quality_changes")(
            public_context(), {"dataset": table(table_ref).dataset_name}
        )
    except (tk.ObjectNotFound, tk.NotAuthorized):
        return []


def history(
    table_ref: str,
) -> tuple[list[Publication], Callable[[Mapping[str, Any], int], bool | None]]:
    """The publications of a table up to the present one, and what tells whether one has a row.

    The function takes a key and the number of a version, as `first_public_day` needs it.
    """
    listed = publications(table_ref)
    readable = {each["version"]: each["state"] in READABLE for each in listed}

    def has_row(key: Mapping[str, Any], number: int) -> bool | None:
        if not readable[number]:
            return None
        return record(table_ref, key, number) is not None

    days = [Publication(p["version"], clock.china_day(p["published"])) for p in listed]
    return days, has_row


def record(
    table_ref: str,
    key: Mapping[str, Any],
    version: int | None = None,
    context: Context | None = None,
) -> dict[str, Any] | None:
    """The answer of `gpo_dataapi_record_show`; None if there is no such record."""
    request: dict[str, Any] = {
        "dataset": table(table_ref).dataset_name,
        "key": dict(key),
    }
    if version is not None:
        request["version"] = version
    try:
        return tk.get_action("gpo_dataapi_record_show")(
            context or public_context(), request
        )
    except (tk.ObjectNotFound, tk.NotAuthorized):
        return None
