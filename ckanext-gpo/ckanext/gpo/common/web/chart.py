"""Geometry of the small pictures; templates turn it into inline SVG. Pure."""

from __future__ import annotations

from dataclasses import dataclass

BAR, GAP, HEIGHT, FLOOR = 6, 3, 28, 2


@dataclass(frozen=True)
class Bar:
    """One month: `value` publications, drawn from `y` down to the base line."""

    month: str
    value: int
    x: int
    y: float
    height: float


def year_bars(year: list[dict[str, int | str]]) -> list[Bar]:
    """Bars for the months of `gpo_catalogue_domain_list`'s `year`, highest = full height.

    A month without publications keeps a bar of the floor's height, so that it reads as
    "none" and not as a gap.
    """
    top = max((int(m["published"]) for m in year), default=0) or 1
    bars: list[Bar] = []
    for place, month in enumerate(year):
        value = int(month["published"])
        height = round(FLOOR + (HEIGHT - FLOOR) * value / top, 1) if value else FLOOR
        bars.append(
            Bar(
                str(month["month"]), value, place * (BAR + GAP), HEIGHT - height, height
            )
        )
    return bars
