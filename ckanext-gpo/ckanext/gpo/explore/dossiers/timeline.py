"""The stations of a dossier on a line of time."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

WIDTH = 1000
_MARGIN = 24
_LEAST_GAP = 34
"""Between two points, so that their numbers do not cover each other."""


@dataclass(frozen=True)
class Point:
    """A station that was reached: its place in the chain, from 1, its day, and where it is drawn.

    :param days: days since the point before; None for the first
    """

    place: int
    day: date
    days: int | None
    x: int = 0


def points(stations: Iterable[tuple[int, date]]) -> list[Point]:
    """Points by day; what is reached on the same day keeps the order of the chain.

    :param stations: place in the chain and first day of each that was reached
    """
    ordered = sorted(stations, key=lambda station: (station[1], station[0]))
    if not ordered:
        return []
    first, last = ordered[0][1], ordered[-1][1]
    room = WIDTH - 2 * _MARGIN
    span = max((last - first).days, 1)
    least = min(_LEAST_GAP, room // len(ordered))
    spread: list[Point] = []
    x = _MARGIN - least
    for number, (place, day) in enumerate(ordered):
        # as far right as the days say, but with room for those that follow
        share = _MARGIN + room * (day - first).days // span
        latest = WIDTH - _MARGIN - least * (len(ordered) - 1 - number)
        x = max(x + least, min(share, latest))
        days = (day - spread[-1].day).days if spread else None
        spread.append(Point(place, day, days, x))
    return spread
