"""Figures made of the counts of days."""

from __future__ import annotations

from datetime import date

from ckanext.gpo.dataapi.usage.summary import (
    Count,
    KeyCount,
    dataset_figures,
    figures_by_key,
)
from ckanext.gpo.dataapi.usage.sums import Totals
from ckanext.gpo.dataapi.usage.use import Kind, Use

TODAY = date(2026, 3, 5)


def test_a_year_and_a_month_end_today_and_all_days_are_in_the_sum():
    figures = dataset_figures(
        [
            Count(date(2024, 1, 1), Kind.VIEW, "", 100),
            Count(date(2025, 4, 30), Kind.CALL, "", 7),
            Count(date(2026, 2, 4), Kind.DOWNLOAD, "", 2),
            Count(TODAY, Kind.DOWNLOAD, "csv", 3),
            Count(TODAY, Kind.DOWNLOAD, "xlsx", 4),
        ],
        TODAY,
    )

    assert figures.since == date(2024, 1, 1)
    assert figures.total == Totals(views=100, downloads=9, calls=7)
    assert list(figures.formats.items()) == [("xlsx", 4), ("csv", 3)]
    assert [*figures.months][::11] == ["2025-04", "2026-03"]
    assert figures.months["2025-04"] == Totals(calls=7)
    assert figures.months["2026-02"] == Totals(downloads=2)
    assert [*figures.days][::29] == [date(2026, 2, 4), TODAY]
    assert sum(day.downloads for day in figures.days.values()) == 9


def test_without_counts_all_is_nought():
    figures = dataset_figures([], TODAY)

    assert figures.since is None
    assert {*map(repr, figures.months.values())} == {repr(Totals())}


def test_of_a_key_the_last_days_are_summed_up():
    figures = figures_by_key(
        [
            KeyCount(date(2026, 2, 3), Kind.CALL, "b", 50),
            KeyCount(TODAY, Kind.CALL, "a", 1),
            KeyCount(TODAY, Kind.CALL, "b", 2),
            KeyCount(TODAY, Kind.VIEW, "c", 9),
        ],
        TODAY,
    )

    assert figures.total == Totals(views=9, calls=3)
    assert [*figures.datasets] == ["b", "a", "c"]


def test_a_use_is_read_as_it_was_written():
    use = Use(TODAY, Kind.DOWNLOAD, "a-名", "csv", 'key"')

    assert Use.parse(str(use)) == use
