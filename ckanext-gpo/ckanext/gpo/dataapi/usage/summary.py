"""Figures made of the counts of days."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Final, NamedTuple

from .sums import Totals
from .use import Kind

MONTHS: Final = 12
"""Of which the figures are told, the present one last."""

DAYS: Final = 30
"""Of which the figures are told, today last."""


class Count(NamedTuple):
    """How often something was done on a day."""

    day: date
    kind: Kind
    format: str
    number: int


class KeyCount(NamedTuple):
    """How often something was done with a key on a day."""

    day: date
    kind: Kind
    dataset: str
    number: int


@dataclass
class Figures:
    """What is told of a dataset.

    :param since: the first day that something was counted
    :param formats: downloads by format, the most frequent first; those from before
        formats were told apart are in none
    :param months: as `2026-11`
    """

    since: date | None = None
    total: Totals = field(default_factory=Totals)
    formats: dict[str, int] = field(default_factory=dict[str, int])
    months: dict[str, Totals] = field(default_factory=dict[str, Totals])
    days: dict[date, Totals] = field(default_factory=dict[date, Totals])


@dataclass
class KeyFigures:
    """What is told of a key, of the last days.

    :param datasets: the most used first; empty for what was about none
    """

    total: Totals = field(default_factory=Totals)
    days: dict[date, Totals] = field(default_factory=dict[date, Totals])
    datasets: dict[str, Totals] = field(default_factory=dict[str, Totals])


def dataset_figures(counts: Iterable[Count], today: date) -> Figures:
    """The figures of a dataset from all that was counted of it."""
    figures = Figures(
        months={month: Totals() for month in _months(today)}, days=_days(today)
    )
    formats: Counter[str] = Counter()
    for day, kind, format_, number in counts:
        figures.since = min(figures.since or day, day)
        figures.total.add(kind, number)
        if kind is Kind.DOWNLOAD and format_:
            formats[format_] += number
        if month := figures.months.get(f"{day:%Y-%m}"):
            month.add(kind, number)
        if of_day := figures.days.get(day):
            of_day.add(kind, number)
    figures.formats = dict(formats.most_common())
    return figures


def figures_by_key(counts: Iterable[KeyCount], today: date) -> KeyFigures:
    """The figures of a key from what was counted of it in the last days."""
    figures = KeyFigures(days=_days(today))
    datasets: defaultdict[str, Totals] = defaultdict(Totals)
    for day, kind, dataset, number in counts:
        if of_day := figures.days.get(day):
            of_day.add(kind, number)
            figures.total.add(kind, number)
            datasets[dataset].add(kind, number)
    figures.datasets = dict(
        sorted(
            datasets.items(),
            key=lambda entry: (-entry[1].calls - entry[1].downloads, entry[0]),
        )
    )
    return figures


def first_day(today: date) -> date:
    """The first of the last days."""
    return today - timedelta(days=DAYS - 1)


def _days(today: date) -> dict[date, Totals]:
    return {first_day(today) + timedelta(days=n): Totals() for n in range(DAYS)}


def _months(today: date) -> list[str]:
    last = today.year * 12 + today.month - 1
    numbers = range(last - MONTHS + 1, last + 1)
    return [f"{number // 12:04}-{number % 12 + 1:02}" for number in numbers]
