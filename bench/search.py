"""Search: what is found, how fast, and what it costs."""

from __future__ import annotations

from collections.abc import Iterator

from bench import search_questions, search_relevance, search_speed
from bench.figure import Figure

PARTS = (search_relevance, search_questions, search_speed)


def figures() -> Iterator[Figure]:
    for part in PARTS:
        yield from part.figures()
