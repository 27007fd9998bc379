"""The gate's part of the desk: what was rejected, and where every dataset stands."""

from __future__ import annotations

from collections.abc import Iterator

from ckanext.gpo.common.web.actions import call_action
from ckanext.gpo.common.web.desk import Panel


def panels() -> Iterator[Panel]:
    candidates = call_action("gpo_quality_candidate_list")
    yield Panel(
        10,
        "gpo_quality/snippets/desk.html",
        {
            "rejected": [c for c in candidates if c["state"] == "rejected"],
            "others": [c for c in candidates if c["state"] != "rejected"],
        },
    )
