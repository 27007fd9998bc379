"""The corrections of a version: JSON beside what its source declares. Pure.

`declaration` of a version is what its source says of the file and, under `KEY`, the cells
that were corrected: `[{row, field, before, after, by}]`, in the order in which they were.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from ckanext.gpo.intake import Correction
from ckanext.gpo.quality.faults import LONGEST_VALUE

KEY = "corrections"

MOST = 300
"""Cells of a version that may be corrected; whoever has more mends the file."""


def split(
    declaration: Mapping[str, Any],
) -> tuple[dict[str, Any], tuple[Correction, ...]]:
    """What the source of a version says, and the corrections of its cells."""
    source = {key: value for key, value in declaration.items() if key != KEY}
    return source, tuple(from_json(one, one["by"]) for one in declaration.get(KEY, ()))


def from_json(correction: Mapping[str, Any], account: str) -> Correction:
    """A correction `{row, field, before, after}` that somebody makes."""
    return Correction(
        correction["row"],
        correction["field"],
        correction["before"],
        correction["after"],
        account,
    )


def _to_json(correction: Correction) -> dict[str, Any]:
    return {
        "row": correction.row,
        "field": correction.field,
        "before": correction.old,
        "after": correction.new,
        "by": correction.account,
    }


def added(
    declaration: Mapping[str, Any], corrections: Iterable[Correction]
) -> dict[str, Any]:
    """A declaration with further corrections after those that it has."""
    earlier: Sequence[Any] = declaration.get(KEY, ())
    return {**declaration, KEY: [*earlier, *map(_to_json, corrections)]}


def reported_texts(report: Mapping[str, Any], fields: Sequence[str]) -> dict[Any, Any]:
    """(row, field) → the texts that a report shows of a cell, where it shows any.

    :param fields: names of the table's fields, in its order
    """
    texts: dict[tuple[int, str], set[str]] = {}
    for error in report.get("errors", ()):
        row = error.get("row")
        cells = dict(zip(fields, error.get("cells") or (), strict=False))
        if row is None or not cells:
            continue
        for field, text in cells.items():
            # of a longer one the report shows the beginning
            if len(text or "") <= LONGEST_VALUE:
                texts.setdefault((row, field), set()).add(text or "")
        field = error.get("field")
        if (row, field) in texts and "value" in error:
            texts[row, field].add(error["value"] or "")
    return texts
