"""What the page about the changes of one record shows."""

from __future__ import annotations

from typing import Any, Final

import ckan.plugins.toolkit as tk
from ckan.types import Context

from ckanext.gpo.common.tables import Table
from ckanext.gpo.common.web import cells
from ckanext.gpo.explore import lookup
from ckanext.gpo.explore.dossiers import row_format
from ckanext.gpo.explore.record_changes import State, steps

from .record import Address

VERSIONS: Final = 6
"""Versions that are compared, the present one among them: a file is read for each other."""


def content(
    context: Context, pkg: dict[str, Any], table: Table, address: Address
) -> dict[str, Any] | None:
    """The variables of `gpo_explore/record_history.html`; None: no version has the record."""
    readable = [
        publication
        for publication in lookup.publications([table.ref])[table.ref]
        if publication["state"] in lookup.READABLE
    ]
    compared = readable[-VERSIONS:]
    try:
        answers = [
            lookup.record(context, pkg["id"], address.key, publication["version"])
            for publication in compared
        ]
    except tk.ValidationError:
        return None  # the key is none of this table
    states = [
        State(p["version"], p["published"], answer and answer["record"])
        for p, answer in zip(compared, answers, strict=True)
    ]
    present = [answer for answer in answers if answer]
    if not present:
        return None
    records = [answer["record"] for answer in present]
    columns = cells.columns(table.fields, records, tk.h.gpo_common_english())
    is_whole = len(readable) == len(compared)
    return {
        "pkg": pkg,
        "key": present[-1]["key"],
        "name": records[-1].get(row_format(table.ref).name) or "",
        "title": " · ".join(str(value) for value in present[-1]["key"].values()),
        "steps": steps(states, columns, is_whole=is_whole),
        "oldest": compared[0]["version"],
        "is_whole": is_whole,
        "is_current": states[-1].record is not None,
    }
