"""Geometry of the small pictures; templates turn it into inline SVG. Pure."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

BAR, GAP, HEIGHT, FLOOR = 6, 3, 28, 2


@dataclass(frozen=True)
class Bar:
    """One month or day: `value`, drawn from `y` down to the base line."""

    label: str
    value: int
    x: int
    y: float
    height: float


def bars(entries: Sequence[Mapping[str, Any]], label: str, value: str) -> list[Bar]:
    """Bars for the entries of an action's answer, the highest of full height.

    An entry with nothing keeps a bar of the floor's height, so that it reads as "none" and
    not as a gap.

    :param label: which field of an entry names it
    :param value: which field is its number
    """
    top = max((int(entry[value]) for entry in entries), default=0) or 1
    drawn: list[Bar] = []
    for place, entry in enumerate(entries):
        number = int(entry[value])
        share = (HEIGHT - FLOOR) * number / top
        height = round(FLOOR + share, 1) if number else FLOOR
        x = place * (BAR + GAP)
        drawn.append(Bar(str(entry[label]), number, x, HEIGHT - height, height))
    return drawn
