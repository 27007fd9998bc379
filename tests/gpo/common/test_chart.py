"""Geometry of the year's bars."""

from __future__ import annotations

import pytest

from ckanext.gpo.common.web import chart


def year(*values: int) -> list[dict[str, int | str]]:
    return [{"month": f"2026-{n:02d}", "published": v} for n, v in enumerate(values, 1)]


@pytest.mark.parametrize(
    ("values", "heights"),
    [
        ((), []),
        ((0, 0), [chart.FLOOR, chart.FLOOR]),
        ((4, 2, 0), [chart.HEIGHT, (chart.HEIGHT + chart.FLOOR) / 2, chart.FLOOR]),
    ],
)
def test_highest_month_fills_the_height(values, heights):
    assert [
        bar.height for bar in chart.bars(year(*values), "month", "published")
    ] == heights


def test_bars_stand_on_one_line_and_side_by_side():
    bars = chart.bars(year(1, 5, 3), "month", "published")
    assert {bar.y + bar.height for bar in bars} == {chart.HEIGHT}
    assert [bar.x for bar in bars] == [0, 9, 18]
