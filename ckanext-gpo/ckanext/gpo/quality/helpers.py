"""What templates say of versions."""

from __future__ import annotations

from typing import Any

import ckan.plugins.toolkit as tk

from ckanext.gpo.common.helpers import gpo_common_english, gpo_common_number
from ckanext.gpo.common.web.sources import source_title


def gpo_quality_state(state: str) -> tuple[str, str]:
    """`(mood, word)` of a version's state; moods are pass, hold, reject and quiet."""
    return {
        "received": ("hold", tk._("Received")),
        "checking": ("hold", tk._("Being checked")),
        "rejected": ("reject", tk._("Rejected")),
        "passed": ("pass", tk._("Passed")),
        "published": ("pass", tk._("Published")),
        "superseded": ("quiet", tk._("Superseded")),
        "withdrawn": ("hold", tk._("Withdrawn")),
    }.get(state, ("quiet", state))


def gpo_quality_changes(totals: dict[str, int]) -> str:
    """What changed, as a line: 3 added, 1 removed, 12 changed."""
    return tk._("{added} added, {removed} removed, {changed} changed").format(
        **{kind: gpo_common_number(count) for kind, count in totals.items()}
    )


def gpo_quality_source(version: dict[str, Any]) -> str:
    """Where a version came from: an upload, an earlier version, or a source's title."""
    if restored := version["origin"].get("restored"):
        return tk._("version {number}, restored").format(number=restored["number"])
    if corrected := version["origin"].get("corrected"):
        return tk._("version {number}, corrected").format(number=corrected["number"])
    if version["source"] == "upload":
        return tk._("Uploaded file")
    return source_title(version["source"], gpo_common_english())
