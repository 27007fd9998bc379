"""Where in a value stands what was asked for. Pure."""

from __future__ import annotations

from itertools import chain

from ckanext.gpo.search.analysis import Span, fold_with_offsets, merge_spans

from . import text
from .fit import Level
from .query import RecordQuery


def matched_spans(query: RecordQuery, value: str, level: Level) -> list[Span]:
    """The stretches of a value that are what the query has; all of it where that is near."""
    if level in (Level.PART, Level.BEGINNING) and not query.is_code:
        return _stretches([query.units], value)
    if level is Level.WORDS:
        return _stretches(query.words, value)
    return [(0, len(value))]


def _stretches(sequences: list[list[str]], value: str) -> list[Span]:
    folded, starts, ends = fold_with_offsets(value[: text.LONGEST])
    places = [match.span() for match in text.UNIT.finditer(folded)]
    parts = [folded[start:end].lower() for start, end in places]
    spans = chain.from_iterable(
        (
            (starts[places[first][0]], ends[places[first + len(word) - 1][1] - 1])
            for first in range(len(parts) - len(word) + 1)
            if parts[first : first + len(word)] == word
        )
        for word in sequences
    )
    return merge_spans(spans)
