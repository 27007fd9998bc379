"""Highlights: pieces of a value in which what was found is marked, as Solr's `hl` gives.

A value that fits is given whole; of a longer one the pieces with most in them, in the
order of the text, each from the start of a sentence where that is near.
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterator
from fnmatch import fnmatchcase
from typing import Any

from ckanext.gpo.common.types import is_many
from ckanext.gpo.search.analysis import Span
from ckanext.gpo.search.index import Kind, Layout
from ckanext.gpo.search.query import HighlightRequest, Shape

from .marker import Marker

MARKED_KINDS = (Kind.STRING, Kind.TEXT)

SENTENCE_END = re.compile(r"[。！？；!?;\n]|\.(?=\s)")
WORD = re.compile(r"[^\W\u2e80-\U0003ffff]")
MAX_WORD = 20


class Highlighter:
    """Gives the pieces of documents in which a query has found something."""

    def __init__(
        self, request: HighlightRequest, marker: Marker, layout: Layout
    ) -> None:
        self._request = request
        self._marker = marker
        self._layout = layout
        self._patterns = [w for w in request.fields if "*" in w or "?" in w]
        self._shapes: dict[str, Shape | None] = {}

    def pieces(self, body: dict[str, Any]) -> dict[str, list[str]]:
        """By field, of the stored values of a document; fields without any are left out."""
        result: dict[str, list[str]] = {}
        for name, value in body.items():
            if name not in self._shapes:
                self._shapes[name] = self._shape(name)
            shape = self._shapes[name]
            if shape is None:
                continue
            pieces: list[str] = []
            for text in map(str, value if is_many(value) else [value]):
                remaining = shape.snippets - len(pieces)
                if remaining <= 0:
                    break
                marked = self._marker.spans(
                    name,
                    text[: shape.analysed_length],
                    own_field=self._request.own_field,
                )
                pieces += fragments(text, marked, shape, remaining)
            if pieces:
                result[name] = pieces
        return result

    def _shape(self, name: str) -> Shape | None:
        """How the pieces of a field look; None if it is not asked for."""
        rule = self._layout.rule(name)
        requested = name in self._request.fields or any(
            fnmatchcase(name, pattern) for pattern in self._patterns
        )
        if requested and rule.indexed and rule.kind in MARKED_KINDS:
            return self._request.shape(name)
        return None


def fragments(text: str, spans: list[Span], shape: Shape, count: int) -> list[str]:
    """At most so many pieces of a text, with their marks."""
    if not spans or not count:
        return []
    if not shape.size or len(text) <= shape.size:
        return [_marked(text, (0, len(text)), spans, shape)]
    windows = list(_windows(text, spans, shape.size))
    # Different words are worth more than the same one again.
    windows.sort(key=lambda window: (-window[1], window[0]))
    best = sorted(window for window, _ in windows[:count])
    return [_marked(text, window, spans, shape) for window in best]


def _windows(text: str, spans: list[Span], size: int) -> Iterator[tuple[Span, int]]:
    """Pieces of a text that hold all marks, none twice, and how much is in each."""
    previous_end = 0
    start = 0
    while start < len(spans):
        first = _start(text, spans[start][0], size, previous_end)
        last = max(first + size, spans[start][1])
        depth = 1
        while start + depth < len(spans) and spans[start + depth][1] <= last:
            depth += 1
        last = _end(text, spans[start + depth - 1][1], last)
        marks = spans[start : start + depth]
        yield (first, last), len({text[s:e].lower() for s, e in marks})
        start += depth
        previous_end = last


def _start(text: str, mark: int, size: int, previous_end: int) -> int:
    """Where a piece begins that shall show what stands before its first mark."""
    earliest = max(previous_end, mark - size // 3)
    ends = [match.end() for match in SENTENCE_END.finditer(text, earliest, mark)]
    start = ends[0] if ends else earliest
    if not ends and start > previous_end:
        start = max(_word_edge(text, start), previous_end)
    while start < mark and text[start].isspace():
        start += 1
    return start


def _end(text: str, mark: int, last: int) -> int:
    """Where a piece ends: at the end of a word, behind its last mark."""
    if last >= len(text):
        return len(text)
    return max(_word_edge(text, last), mark)


def _word_edge(text: str, offset: int) -> int:
    """A place near by that is not inside a word of letters."""
    for place in range(offset, max(offset - MAX_WORD, 0), -1):
        if not (WORD.match(text[place - 1]) and WORD.match(text[place])):
            return place
    return offset


def _marked(text: str, window: Span, spans: list[Span], shape: Shape) -> str:
    escape = html.escape if shape.escaped else str
    offset, last = window
    parts: list[str] = []
    for first, end in spans:
        if first >= offset and end <= last:
            mark = shape.opening + escape(text[first:end]) + shape.closing
            parts += [escape(text[offset:first]), mark]
            offset = end
    return "".join([*parts, escape(text[offset:last])])
