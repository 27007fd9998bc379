"""The cells of a report's form that somebody has changed. Pure."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

_CELL, _WAS = "cell.", "was."

_BREAKS = re.compile(r"[\r\n]")


def changed_cells(form: Mapping[str, str]) -> list[dict[str, Any]]:
    """`[{row, field, before, after}]` of a form with `cell.<row>.<field>` and `was.…`.

    >>> changed_cells({"cell.3.day": "5日", "was.3.day": "5", "cell.4.day": "", "was.4.day": ""})
    [{'row': 3, 'field': 'day', 'before': '5', 'after': '5日'}]
    """
    changes: list[dict[str, Any]] = []
    for name, new in form.items():
        place = name.removeprefix(_CELL)
        old = form.get(_WAS + place)
        if place == name or old is None or _is_same(old, new):
            continue
        row, _, field = place.partition(".")
        number = int(row) if row.isascii() and row.isdigit() else None
        changes.append({"row": number, "field": field, "before": old, "after": new})
    return changes


def _is_same(old: str, new: str) -> bool:
    # A browser drops the line breaks of a text that it shows in one line.
    return _BREAKS.sub("", old) == _BREAKS.sub("", new)
