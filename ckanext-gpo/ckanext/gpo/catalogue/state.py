"""Whether a disclosure item is fulfilled, and in time.

Calendar days in China; "today" is always passed in.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date, timedelta
from typing import Literal

from . import codes

State = Literal["pending", "published", "overdue"]


def due(last: date, update_freq: str) -> date | None:
    """The last day on which the next publication is still in time.

    Update cycle (1272号 item 11) plus its grace; None where no cycle is judged
    (实时, 其他).
    """
    cycle = codes.entry("update_freq", update_freq)
    if "days" not in cycle:
        return None
    return last + timedelta(days=cycle["days"] + cycle["grace"])


def is_overdue(last: date, update_freq: str, today: date) -> bool:
    """Whether a dataset last published on that day should have been published again."""
    limit = due(last, update_freq)
    return limit is not None and today > limit


def item_state(publications: Iterable[tuple[date, str]], today: date) -> State:
    """The state of an item that these published datasets fulfil.

    :param publications: for each dataset its last publication and its update cycle
    :returns: `pending` (待公开) without any, `overdue` (超期) if one of them is late
    """
    pairs = list(publications)
    if not pairs:
        return "pending"
    if any(is_overdue(last, cycle, today) for last, cycle in pairs):
        return "overdue"
    return "published"


def year_line(
    publications: Mapping[str, int], today: date
) -> list[dict[str, str | int]]:
    """How many publications fell into each of the last twelve months, oldest first.

    :param publications: month (`2026-11`) → how many
    """
    months = (_months_before(today, n) for n in range(11, -1, -1))
    return [
        {"month": month, "published": publications.get(month, 0)} for month in months
    ]


def _months_before(today: date, n: int) -> str:
    year, month = divmod(today.year * 12 + today.month - 1 - n, 12)
    return f"{year}-{month + 1:02}"
