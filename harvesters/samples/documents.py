"""The numbers of the documents that projects get on their way."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from datetime import date
from functools import cache
from typing import Any

from .primitives import DIVISION
from .projects import reaching


@cache
def numbers(station: str) -> dict[str, str]:
    """The station's document number of each project, by project code."""
    form, period = _FORMS[station]
    counts: Counter[Any] = Counter()
    numbers: dict[str, str] = {}
    for project in reaching(station):
        day = project.dates[station]
        counts[period(day)] += 1
        numbers[project.code] = form(day, counts[period(day)])
    return numbers


def _year(day: date) -> Any:
    return day.year


_FORMS: dict[str, tuple[Callable[[date, int], str], Callable[[date], Any]]] = {
    "approval": (lambda day, n: f"常天发改审〔{day.year}〕{n}号", _year),
    "opinion": (lambda day, n: f"用字第{DIVISION}{day.year}{n:05d}号", _year),
    "land": (lambda day, n: f"地字第{DIVISION}{day.year}{n:05d}号", _year),
    "planning": (lambda day, n: f"建字第{DIVISION}{day.year}{n:05d}号", _year),
    "eia": (lambda day, n: f"常天环审〔{day.year}〕{n}号", _year),
    "bid": (lambda day, n: f"TN{day.year}{n:04d}-01", _year),
    "construction": (
        lambda day, n: f"{DIVISION}{day:%Y%m%d}01{n:02d}",
        lambda day: day,
    ),
    "supervision": (lambda day, n: f"AJ{DIVISION}{day.year}{n:04d}", _year),
    "completion": (lambda day, n: f"{DIVISION}JB{day.year}{n:04d}", _year),
}
