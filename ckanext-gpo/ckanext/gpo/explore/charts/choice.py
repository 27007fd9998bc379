"""What a reader has chosen to see, as it stands in an address."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from enum import Enum
from typing import TypeVar

from .dimensions import Dimension, Measure

Keyed = TypeVar("Keyed", Dimension, Measure)


class Kind(str, Enum):
    """How a chart is drawn; the values stand in addresses."""

    BAR = "bar"
    LINE = "line"
    SHARE = "share"
    STREETS = "streets"


@dataclass(frozen=True)
class Choice:
    """One chart."""

    kind: Kind
    dimension: Dimension
    measure: Measure

    @property
    def parameters(self) -> dict[str, str]:
        """Of the address that shows it."""
        return {
            "kind": self.kind.value,
            "group": self.dimension.key,
            "measure": self.measure.key,
        }


def choices(
    dimension: Dimension, measure: Measure, streets: frozenset[str]
) -> list[Kind]:
    """The kinds of chart that tell the truth of a measure by a dimension, the best first.

    A line joins what follows in time. Shares are of a whole, which the parts of an average
    or of the highest values are not.

    :param streets: the names on the scheme of the streets
    """
    kinds = [Kind.LINE, Kind.BAR] if dimension.is_time else [Kind.BAR]
    if dimension.order and streets.issuperset(dimension.order):
        kinds.append(Kind.STREETS)
    if measure.is_additive and not dimension.is_time:
        kinds.append(Kind.SHARE)
    return kinds


def parse_choice(
    parameters: Mapping[str, str],
    dimensions: Sequence[Dimension],
    measures: Sequence[Measure],
    streets: frozenset[str],
    default: Choice,
) -> tuple[Choice, list[str]]:
    """The choice of an address, and the names of its parameters that say nothing known.

    What is unknown or does not suit is as in `default`, or as suits best.
    """
    unknown: list[str] = []
    dimension = _select(
        parameters, "group", dimensions, default.dimension, unknown.append
    )
    measure = _select(parameters, "measure", measures, default.measure, unknown.append)
    kinds = choices(dimension, measure, streets)
    kind = parameters.get("kind", "")
    if kind in [offered.value for offered in kinds]:
        return Choice(Kind(kind), dimension, measure), unknown
    if kind:
        unknown.append("kind")
    return Choice(kinds[0], dimension, measure), unknown


def _select(
    parameters: Mapping[str, str],
    name: str,
    offered: Sequence[Keyed],
    default: Keyed,
    complain: Callable[[str], None],
) -> Keyed:
    key = parameters.get(name, "")
    for thing in offered:
        if thing.key == key:
            return thing
    if key:
        complain(name)
    return default
