"""The charts that suit a table, told by its schema alone."""

from __future__ import annotations

from collections.abc import Sequence

from .choice import Choice, Kind
from .dimensions import Dimension, Measure

MOST = 4
FEW = 2
"""A list of fewer values than this makes no chart."""


def proposals(
    dimensions: Sequence[Dimension],
    measures: Sequence[Measure],
    streets: frozenset[str],
) -> list[Choice]:
    """Up to four charts: by time, by street, by the values of lists; else by any group.

    Measured is the first quantity that has a sum, by time, and otherwise how many rows.
    """
    rows = measures[0]
    amount = next((m for m in measures if m.function == "sum"), None)
    times = [d for d in dimensions if d.is_time]
    lists = [d for d in dimensions if len(d.order) >= FEW]
    on_scheme = [d for d in lists if streets.issuperset(d.order)]
    found = [Choice(Kind.LINE, time, rows) for time in times[:1]]
    if amount and times:
        found.append(Choice(Kind.LINE, times[0], amount))
    found += [Choice(Kind.STREETS, street, rows) for street in on_scheme[:1]]
    found += [Choice(Kind.BAR, d, rows) for d in lists if d not in on_scheme]
    if not found:
        found = [Choice(Kind.BAR, d, rows) for d in dimensions[:1]]
    return found[:MOST]
