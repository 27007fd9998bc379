"""What templates say of versions."""

from __future__ import annotations

from typing import Any

import ckan.plugins.toolkit as tk

from ckanext.gpo.common import tables
from ckanext.gpo.common.helpers import (
    gpo_common_dataset,
    gpo_common_english,
    gpo_common_number,
)
from ckanext.gpo.common.web.sources import source_title

from .examination import STAGES


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


def gpo_quality_stages() -> dict[str, str]:
    """The stages of a check in their order, each with its word."""
    words = [tk._("Waiting"), tk._("Reading"), tk._("Checking"), tk._("Publishing")]
    return dict(zip(STAGES, words, strict=True))


def gpo_quality_progress(progress: dict[str, Any]) -> str:
    """How far a check is, as a sentence; what has ended is told by its state.

    :param progress: see `gpo_quality_version_progress`
    """
    rows, total = (gpo_common_number(progress[name]) for name in ("rows", "total"))
    stage = progress["stage"]
    if stage == "waiting" and progress["waiting_for"]:
        waiting_for = [tables.table(ref) for ref in progress["waiting_for"]]
        titles = [gpo_common_dataset(t.dataset_name, t.title) for t in waiting_for]
        return tk._("It waits until what it refers to is published: {titles}").format(
            titles=tk._(", ").join(titles)
        )
    if stage == "reading" and progress["share"]:
        return tk._("The file is being read: {rows} rows so far, {share} %").format(
            rows=rows, share=int(100 * progress["share"])
        )
    if stage == "reading" and progress["rows"]:
        return tk._("The file is being read: {rows} rows so far").format(rows=rows)
    if stage == "checking" and progress["rows"]:
        return tk._("The rows are being checked: {rows} of {total}").format(
            rows=rows, total=total
        )
    if stage == "checking" and progress["total"]:
        return tk._("{total} rows are being checked").format(total=total)
    return {
        "waiting": tk._("It waits for its turn"),
        "reading": tk._("The file is being read"),
        "checking": tk._("It is being checked"),
        "publishing": tk._("It has passed and is being published"),
    }.get(stage, gpo_quality_state(progress["state"])[1])
