"""The scheme of the district's streets and towns: where each stands in a grid of tiles.

It is no map: dataset_schemas/streets.yaml says only what lies roughly beside what.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

from ckanext.gpo.common.tables import read_yaml

from .charts import Figure

LEVELS = 5
"""Shades of a tile, the palest first."""


@dataclass(frozen=True)
class Tile:
    """A street in its place, with its figure; None if the table says nothing of it.

    :param level: of its shade, 0 for nothing to `LEVELS`
    """

    name: str
    row: int
    column: int
    figure: Figure | None
    level: int


@cache
def street_names() -> frozenset[str]:
    """All streets of the scheme, as tables write them."""
    return frozenset(street["name"] for street in read_yaml("streets.yaml"))


def street_title(name: str, english: bool) -> str:
    """A street in the reader's language; anything else as it is."""
    return _english().get(name, name) if english else name


def tiles(figures: Sequence[Figure]) -> list[Tile]:
    """Every street of the scheme, with the figures of a table."""
    by_key = {figure.key: figure for figure in figures}
    return [
        Tile(
            street["name"],
            street["row"],
            street["column"],
            figure := by_key.get(street["name"]),
            _level(figure),
        )
        for street in read_yaml("streets.yaml")
    ]


def _level(figure: Figure | None) -> int:
    if figure is None or not figure.value:
        return 0
    return max(1, round(figure.length / 100 * LEVELS))


@cache
def _english() -> dict[str, str]:
    return {street["name"]: street["title_en"] for street in read_yaml("streets.yaml")}
