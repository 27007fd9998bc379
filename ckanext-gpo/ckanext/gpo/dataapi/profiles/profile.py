"""The profile of one field, as it is kept and told."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import Any

Plain = str | int | float | bool | None
"""A value as JSON has it; days as 2026-11-23."""


@dataclass(frozen=True)
class Bin:
    """How many values lie from one value up to another; the last bin has its end too."""

    start: Plain
    end: Plain
    count: int


@dataclass(frozen=True)
class Frequency:
    """How often a value occurs."""

    value: Plain
    count: int


@dataclass(frozen=True)
class Profile:
    """What the column of a field looks like.

    :param empty: how many cells have no value
    :param distinct: how many different values there are; an estimate in large tables
    :param mean: with `sum` and `quartiles` (a quarter, a half and three quarters of the
        values lie below them) of numbers only
    :param bins: the spread of numbers and days in equal steps
    :param frequent: of other fields the values that occur most often, the most frequent first
    """

    name: str
    empty: int
    distinct: int
    distinct_is_exact: bool
    min: Plain = None
    max: Plain = None
    mean: float | None = None
    sum: float | None = None
    quartiles: tuple[float, ...] = ()
    bins: tuple[Bin, ...] = ()
    frequent: tuple[Frequency, ...] = ()

    def as_dict(self) -> dict[str, Any]:
        return asdict(self)
