"""Search at 100,000 datasets; the index alone takes minutes."""

from __future__ import annotations

from collections.abc import Iterator

from bench import search_speed, site
from bench.figure import Figure

COUNT = 100_000


def figures() -> Iterator[Figure]:
    with site.running():
        yield from search_speed.at(COUNT)
