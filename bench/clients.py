"""Readers who ask a site at the same time, each one question after the other."""

from __future__ import annotations

import http.client
import itertools
import statistics
import threading
import time
from collections import Counter, defaultdict
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from urllib.parse import urlsplit

ACCEPTABLE = frozenset({200, 429})
"""Answered, or told to come back later."""

TIMEOUT_SECONDS = 60
NO_ANSWER = 0
"""What stands for a status where the connection broke."""


@dataclass
class Answers:
    """What came back: statuses of each page, and the seconds of the answers with 200."""

    statuses: dict[str, Counter[int]] = field(
        default_factory=lambda: defaultdict(Counter)
    )
    seconds: dict[str, list[float]] = field(default_factory=lambda: defaultdict(list))

    @property
    def count(self) -> int:
        return sum(map(Counter.total, self.statuses.values()))

    @property
    def failures(self) -> dict[tuple[str, int], int]:
        """`(page, status)` → how often, of everything that is not acceptable."""
        return {
            (page, status): number
            for page, statuses in self.statuses.items()
            for status, number in statuses.items()
            if status not in ACCEPTABLE
        }

    def median(self, page: str) -> float:
        return statistics.median(self.seconds[page])

    def percentile(self, page: str, percent: int) -> float:
        """The seconds within which so many of a hundred answers came."""
        return statistics.quantiles(self.seconds[page], n=100)[percent - 1]


def ask(
    address: str,
    pages: Mapping[str, str],
    clients: int,
    *,
    seconds: float | None = None,
    rounds: int | None = None,
    headers: Mapping[str, str] | None = None,
    pause: float = 0.0,
) -> Answers:
    """Let that many clients walk through the pages, each from another one on.

    Every question is a connection of its own, as those of many readers are.

    :param pages: name → path
    :param seconds: how long, or else
    :param rounds: how often each client asks for each page
    :param headers: of every question, as the token of an account
    :param pause: seconds for which each client reads before it asks on
    """
    answers, lock = Answers(), threading.Lock()
    end = time.monotonic() + (seconds if seconds is not None else float("inf"))
    host = urlsplit(address).netloc

    def client(number: int) -> None:
        names = list(pages)
        order = names[number % len(names) :] + names[: number % len(names)]
        turns = itertools.count() if rounds is None else range(rounds)
        for name in (name for _ in turns for name in order):
            if time.monotonic() >= end:
                return
            start = time.perf_counter()
            status = _get(host, pages[name], headers or {})
            took = time.perf_counter() - start
            with lock:
                answers.statuses[name][status] += 1
                if status == http.client.OK:
                    answers.seconds[name].append(took)
            time.sleep(pause)

    run_together([lambda number=number: client(number) for number in range(clients)])
    return answers


def run_together(calls: list[Callable[[], None]]) -> None:
    """Run each call in a thread of its own and wait for all."""
    threads = [threading.Thread(target=call) for call in calls]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()


def _get(host: str, path: str, headers: Mapping[str, str]) -> int:
    connection = http.client.HTTPConnection(host, timeout=TIMEOUT_SECONDS)
    try:
        connection.request("GET", path, headers=headers)
        answer = connection.getresponse()
        answer.read()
    except (OSError, http.client.HTTPException):
        return NO_ANSWER
    else:
        return answer.status
    finally:
        connection.close()
