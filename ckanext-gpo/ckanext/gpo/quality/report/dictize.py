"""Reports as the API gives them: the kept facts, with words for their reader."""

from __future__ import annotations

from typing import Any

from ckanext.gpo.common.tables import Table
from ckanext.gpo.quality.model import Version
from ckanext.gpo.quality.reception import origin

from .rules import Translate
from .wording import explain, rule_title, slow_path, steps

NUMBERS = frozenset({"number", "integer"})
"""Types whose cells stand in a report with their digits below each other."""


def readable_report(
    version: Version, table: Table, translate: Translate, *, staff: bool
) -> dict[str, Any] | None:
    """The report with the words that its reader needs, see `wording.explain`.

    Only to `staff` is told what stood in a cell that was corrected, and who did it.

    `reading` is what was done to the file, in sentences. `source_row` is the row in the
    department's own file, where that is known.
    """
    if version.report is None:
        return None
    report = (
        version.report if staff else _without_corrections(version.report, translate)
    )
    return readable(report, version.origin, table, translate)


def readable(
    report: dict[str, Any], origin_: Any, table: Table, translate: Translate
) -> dict[str, Any]:
    """The same for a report that belongs to no version.

    :param origin_: where the file came from, see `Version.origin`
    """
    names = [field["name"] for field in table.fields]
    where = origin.readable(origin_)
    titles = {field["name"]: field["title"] for field in table.fields}
    return {
        **report,
        "reading": steps(report, translate),
        "slow_path": slow_path(report.get("slow"), translate),
        "fields": [
            {
                "name": field["name"],
                "title": field["title"],
                "number": field["type"] in NUMBERS,
            }
            for field in table.fields
        ],
        "counts": [
            {
                **count,
                "title": rule_title(count["rule"], translate),
                "label": titles.get(count["field"], count["field"]),
            }
            for count in report["counts"]
        ],
        "errors": [
            {
                **fact,
                **explain(fact, table, translate),
                "cells": dict(zip(names, fact.get("cells", []), strict=False)),
                "source_row": origin.source_row(where, fact.get("row")),
            }
            for fact in report["errors"]
        ],
    }


def _without_corrections(
    report: dict[str, Any], translate: Translate
) -> dict[str, Any]:
    """A report that tells where cells were corrected, not what or by whom."""
    unsaid = {"before": "…", "after": "…", "by": translate("the department")}
    return {
        **report,
        "steps": [
            {**step, "facts": unsaid} if step["code"] == "cell-corrected" else step
            for step in report.get("steps", ())
        ],
    }
