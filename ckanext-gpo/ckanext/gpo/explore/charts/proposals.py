"""The charts that suit a table, told by its schema alone."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from .choice import Choice, Kind
from .dimensions import Dimension, Measure

MOST = 4
FEW = 2
"""A list of fewer values than this makes no chart."""


def proposals(
    dimensions: Sequence[Dimension],
    measures: Sequence[Measure],
    streets: frozenset[str],
    sparse: Collection[str] = (),
) -> list[Choice]:
    """Up to four charts: by time, by street, by the values of lists; else by any group.

    How many rows there are is measured, and by time the first quantity too. In a series
    with one row a year it is the quantities only.

    :param sparse: names of fields that most rows have no value of; they make no chart
        unless there is nothing else
    """
    dimensions = [d for d in dimensions if d.field not in sparse] or dimensions
    measures = [m for m in measures if m.field not in sparse]
    rows, *others = measures
    amounts = [measure for measure in others if measure.function == "sum"]
    times = [dimension for dimension in dimensions if dimension.is_time][:1]
    lists = [dimension for dimension in dimensions if len(dimension.order) >= FEW]
    on_scheme = [
        dimension for dimension in lists if streets.issuperset(dimension.order)
    ]
    suited = [
        Choice(Kind.LINE, time, measure)
        for time in times
        for measure in (amounts if time.is_key else [rows, *amounts[:1]])
    ]
    suited += [Choice(Kind.STREETS, street, rows) for street in on_scheme[:1]]
    suited += [Choice(Kind.BAR, d, rows) for d in lists if d not in on_scheme]
    if not suited:
        suited = [Choice(Kind.BAR, d, rows) for d in dimensions[:1]]
    return suited[:MOST]
