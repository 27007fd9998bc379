"""Groupings and measures as an address writes them: `opened:month,street`, `sum(area),count`.

What cannot be read goes on as it is: the action says what is wrong with it. Pure.
"""

from __future__ import annotations

import re
from typing import Any, Final

_CALL: Final = re.compile(r"(\w+)\((.*)\)")


def read_groupings(text: str) -> list[Any]:
    """What the parameter `group_by` of the action takes."""
    return [_grouping(part) for part in _parts(text)]


def _grouping(part: str) -> Any:
    field, colon, unit = part.rpartition(":")
    return {"field": field, "unit": unit} if colon else part


def read_measures(text: str) -> list[dict[str, str]]:
    """What the parameter `measures` of the action takes."""
    return [_measure(part) for part in _parts(text)]


def _measure(part: str) -> dict[str, str]:
    call = _CALL.fullmatch(part)
    return {"function": call[1], "field": call[2]} if call else {"function": part}


def _parts(text: str) -> list[str]:
    return [part for each in text.split(",") if (part := each.strip())]
