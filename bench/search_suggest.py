"""`search_suggestions[…]`: milliseconds until suggestions are there, in the engine and
through the action.

The median over what people type: the beginning, the middle and half of a word, an
abbreviation, pinyin, initials, one letter, digits. `search_suggestions_slowest` is the
slowest of them.
"""

from __future__ import annotations

import statistics
from collections.abc import Callable, Iterator

import ckan.plugins.toolkit as tk

from ckanext.gpo.search.adapter import public_index

from bench.figure import Figure, Stopwatch

RUNS = 7
LIMIT = 8

TYPED = (
    "食",
    "食品",
    "食品药",
    "食品经营许可信息",
    "食药监",
    "環評",
    "c",
    "caizh",
    "jiaotongshig",
    "jiaotong shigu",
    "shi g",
    "cz",
    "食品anquan",
    "2016",
    "国办发2017",
    "dataset-12",
    "xyzzy",
)


def measure(count: int) -> Iterator[Figure]:
    """The figures with so many datasets in the index of the site."""
    for way, ask in (("engine", _by_engine), ("action", _by_action)):
        times = [_median(lambda typed=typed, ask=ask: ask(typed)) for typed in TYPED]
        for name, value in (
            ("suggestions", statistics.median(times)),
            ("suggestions_slowest", max(times)),
        ):
            milliseconds = round(value * 1000, 2)
            yield Figure(f"search_{name}[{way}]", milliseconds, "ms", n=count)


def _by_engine(typed: str) -> None:
    public_index.public_suggester().suggest(typed, [], LIMIT)


def _by_action(typed: str) -> None:
    tk.get_action("gpo_search_suggest")({"user": ""}, {"q": typed, "limit": LIMIT})


def _median(ask: Callable[[], None]) -> float:
    ask()
    times: list[float] = []
    for _ in range(RUNS):
        with Stopwatch() as stopwatch:
            ask()
        times.append(stopwatch.seconds)
    return statistics.median(times)
