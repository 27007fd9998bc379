"""Search: what is found, how fast, and what it costs."""

from __future__ import annotations

from collections.abc import Iterator

from bench import search_relevance
from bench.figure import Figure

PARTS = (search_relevance,)


def figures() -> Iterator[Figure]:
    for part in PARTS:
        yield from part.figures()
