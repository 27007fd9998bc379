"""What the pages of a dataset's history show, made of what the actions answer."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import InvalidOperation
from typing import Any

import ckan.plugins.toolkit as tk
from ckan.lib.pagination import Page

from ckanext.gpo.common.tables import table
from ckanext.gpo.common.web import cells

VERSIONS = 30
"""Versions on a page of the history."""

RECORDS = 50
"""Records on a page of a comparison."""


def content(
    pkg: dict[str, Any], versions: list[dict[str, Any]], *, may_edit: bool, page: int
) -> dict[str, Any]:
    """The variables of `gpo_quality/history.html`; `versions` newest first."""
    pages = Page(
        collection=versions,
        page=page,
        items_per_page=VERSIONS,
        item_count=len(versions),
    )
    return {
        "pkg": pkg,
        "page": pages,
        "versions": [_entry(version, may_edit) for version in pages.items],
        "comparable": len(comparable(versions, may_edit)) > 1,
        "may_edit": may_edit,
    }


def comparable(versions: list[dict[str, Any]], may_edit: bool) -> list[dict[str, Any]]:
    """The versions that this reader may compare: public history, for editors all of it."""
    return [
        version
        for version in versions
        if version["published"] and (may_edit or version["state"] != "withdrawn")
    ]


def choose(
    args: Mapping[str, str], choice: list[dict[str, Any]]
) -> dict[str, int | str | None]:
    """Numbers of the two versions to compare: as asked for, else the two newest."""
    newest = [version["number"] for version in choice[:2]] + [None, None]
    later, earlier = newest[:2]
    return {"from": args.get("from") or earlier, "to": args.get("to") or later}


def comparison(diff: dict[str, Any], page: int) -> dict[str, Any]:
    """The part of `gpo_quality/diff.html` that tells what changed."""
    fields = table(diff["to"]["table_ref"]).fields
    keys = [record["key"] for record in diff["records"]]
    columns = {
        column.name: column
        for column in cells.columns(fields, keys, tk.h.gpo_common_english())
    }
    return {
        "diff": diff,
        "key": [_column(columns, name) for name in diff["key"]],
        "columns_added": [_column(columns, name) for name in diff["columns_added"]],
        "columns_removed": [_column(columns, name) for name in diff["columns_removed"]],
        "records": [_record(columns, record) for record in diff["records"]],
        "page": Page(
            collection=diff["records"],
            presliced_list=True,
            page=page,
            items_per_page=RECORDS,
            item_count=diff["count"],
        ),
    }


def confirmation(change: str, version: dict[str, Any], answer: dict[str, Any]) -> str:
    """What a reader is told after a change of the history."""
    numbers = {"number": version["number"], "new": answer["number"]}
    if change == "withdraw":
        message = tk._(
            "Version {number} is withdrawn: nothing of this dataset is public now."
        )
    elif answer["unchanged"]:
        message = tk._(
            "Version {new} has the same content already; nothing was handed in."
        )
    else:
        message = tk._(
            "Version {number} is handed in again as version {new}; "
            "it becomes public when it has passed the check."
        )
    return message.format(**numbers)


def _entry(version: dict[str, Any], may_edit: bool) -> dict[str, Any]:
    state = version["state"]
    previous = (version["changes"] or {}).get("previous")
    totals = (version["changes"] or {}).get("totals")
    may_see = may_edit or state != "withdrawn"
    return {
        **version,
        "when": version["published"] or version["checked"] or version["created"],
        "totals": totals,
        "compare_with": previous if totals and may_see else None,
        "has_report": version["checked"] and may_see,
        "said": [event for event in version["events"] if _by_a_person(event, version)],
        "restorable": may_edit and version["published"] and state != "published",
        "withdrawable": may_edit and state == "published",
    }


def _by_a_person(event: dict[str, Any], version: dict[str, Any]) -> bool:
    """Whether somebody gave a reason for this step: withdrawn, overridden, restored."""
    step = (event["from_state"], event["to_state"])
    return (
        event["to_state"] == "withdrawn"
        or step == ("rejected", "passed")
        or (event["from_state"] is None and "restored" in version["origin"])
    )


def _record(columns: dict[str, cells.Column], record: dict[str, Any]) -> dict[str, Any]:
    key = record["key"]
    return {
        "kind": record["kind"],
        "key": [_cell(columns, name, value) for name, value in key.items()],
        "row": [
            _cell(columns, name, value)
            for name, value in record.get("row", {}).items()
            if name not in key
        ],
        "cells": [
            {
                "column": _column(columns, name),
                "old": _text(_column(columns, name), cell["old"]),
                "new": _text(_column(columns, name), cell["new"]),
            }
            for name, cell in record.get("cells", {}).items()
        ],
    }


def _cell(
    columns: dict[str, cells.Column], name: str, value: Any
) -> dict[str, cells.Column | str]:
    column = _column(columns, name)
    return {"column": column, "text": _text(column, value)}


def _column(columns: dict[str, cells.Column], name: str) -> cells.Column:
    # A column of an earlier schema has a name only.
    return columns.get(name) or cells.Column(name, name, "", "text", required=False)


def _text(column: cells.Column, value: Any) -> str:
    try:
        return cells.cell(column, value)
    except InvalidOperation:
        return str(value)
