"""Highlights: pieces of a value in which what was found is marked, as Solr's `hl` gives.

A value that fits is given whole; of a longer one the pieces with most in them, in the
order of the text, each from the start of a sentence where that is near.
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterator
from dataclasses import dataclass
from fnmatch import fnmatchcase
from typing import Any

from ckanext.gpo.search.errors import QueryError
from ckanext.gpo.search.index.layout import Layout
from ckanext.gpo.search.index.solr_schema import Kind

from .marking import Marker
from .tracing import Span

MAX_SNIPPETS = 100
"""Pieces of one field that anybody is given, whatever was asked for."""

METHODS = ("unified", "original", "fastVector")
"""Solr's ways to the same end; here is only one."""

MARKED_KINDS = (Kind.STRING, Kind.TEXT)

SENTENCE_END = re.compile(r"[。！？；!?;\n]|\.(?=\s)")
WORD = re.compile(r"[^\W\u2e80-\U0003ffff]")
MAX_WORD = 20


@dataclass(frozen=True)
class Shape:
    """How the pieces of one field look.

    `size` is the length of a piece in characters, 0 for the whole value.
    """

    snippets: int = 1
    size: int = 100
    before: str = "<em>"
    behind: str = "</em>"
    escaped: bool = False
    longest: int = 51_200


@dataclass(frozen=True)
class Highlight:
    """What shall be highlighted, with wildcards, and how; `own` as in `Marker.spans`.

    `key` is the field whose value stands for a document in the answer, if not the
    unique key.
    """

    fields: tuple[str, ...]
    params: dict[str, Any]
    key: str = ""
    own: bool = False

    def shape(self, name: str) -> Shape:
        """How the pieces of a field look: its own values come before those for all.

        :raises QueryError: a value is no number
        """

        def value(*keys: str) -> Any:
            for key in keys:
                for param in (f"f.{name}.{key}", key):
                    if self.params.get(param) not in (None, ""):
                        return self.params[param]
            return None

        return Shape(
            min(_count("hl.snippets", value("hl.snippets"), 1), MAX_SNIPPETS),
            _count("hl.fragsize", value("hl.fragsize"), 100),
            str(value("hl.tag.pre", "hl.simple.pre") or "<em>"),
            str(value("hl.tag.post", "hl.simple.post") or "</em>"),
            value("hl.encoder") == "html",
            _count("hl.maxAnalyzedChars", value("hl.maxAnalyzedChars"), 51_200),
        )


def read_highlight(params: dict[str, Any]) -> Highlight | None:
    """The `hl` parameters of a request; None if no highlights are asked for.

    `hl.key` is our own: Solr's answer is always by the unique key.

    :raises QueryError: one of them is nonsense
    """
    if not _flag(params.get("hl")):
        return None
    method = params.get("hl.method") or METHODS[0]
    if method not in METHODS:
        raise QueryError(f"Unknown highlighting method: {method}")
    given = params.get("hl.fl") or ""
    names = given if isinstance(given, str) else ",".join(map(str, given))
    asked = Highlight(
        tuple(names.replace(",", " ").split()),
        params,
        str(params.get("hl.key") or ""),
        own=_flag(params.get("hl.requireFieldMatch")),
    )
    asked.shape("")  # says at once what is no number
    return asked


class Highlighter:
    """Gives the pieces of documents in which a query has found something."""

    def __init__(self, asked: Highlight, marker: Marker, layout: Layout) -> None:
        self._asked = asked
        self._marker = marker
        self._layout = layout
        self._patterns = [w for w in asked.fields if "*" in w or "?" in w]
        self._shapes: dict[str, Shape | None] = {}

    def pieces(self, body: dict[str, Any]) -> dict[str, list[str]]:
        """By field, of the stored values of a document; fields without any are left out."""
        found: dict[str, list[str]] = {}
        for name, value in body.items():
            if name not in self._shapes:
                self._shapes[name] = self._shape(name)
            shape = self._shapes[name]
            if shape is None:
                continue
            pieces: list[str] = []
            for text in map(str, value if isinstance(value, list) else [value]):
                wanted = shape.snippets - len(pieces)
                if wanted <= 0:
                    break
                marked = self._marker.spans(
                    name, text[: shape.longest], own=self._asked.own
                )
                pieces += fragments(text, marked, shape, wanted)
            if pieces:
                found[name] = pieces
        return found

    def _shape(self, name: str) -> Shape | None:
        """How the pieces of a field look; None if it is not asked for."""
        rule = self._layout.rule(name)
        asked = name in self._asked.fields or any(
            fnmatchcase(name, pattern) for pattern in self._patterns
        )
        if asked and rule.indexed and rule.kind in MARKED_KINDS:
            return self._asked.shape(name)
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
    chosen = sorted(window for window, _ in windows[:count])
    return [_marked(text, window, spans, shape) for window in chosen]


def _windows(text: str, spans: list[Span], size: int) -> Iterator[tuple[Span, int]]:
    """Pieces of a text that hold all marks, none twice, and how much is in each."""
    behind = 0
    at = 0
    while at < len(spans):
        first = _start(text, spans[at][0], size, behind)
        last = max(first + size, spans[at][1])
        inside = 1
        while at + inside < len(spans) and spans[at + inside][1] <= last:
            inside += 1
        last = _end(text, spans[at + inside - 1][1], last)
        marks = spans[at : at + inside]
        yield (first, last), len({text[s:e].lower() for s, e in marks})
        at += inside
        behind = last


def _start(text: str, mark: int, size: int, behind: int) -> int:
    """Where a piece begins that shall show what stands before its first mark."""
    earliest = max(behind, mark - size // 3)
    ends = [match.end() for match in SENTENCE_END.finditer(text, earliest, mark)]
    start = ends[0] if ends else earliest
    if not ends and start > behind:
        start = max(_word_edge(text, start), behind)
    while start < mark and text[start].isspace():
        start += 1
    return start


def _end(text: str, mark: int, last: int) -> int:
    """Where a piece ends: at the end of a word, behind its last mark."""
    if last >= len(text):
        return len(text)
    return max(_word_edge(text, last), mark)


def _word_edge(text: str, at: int) -> int:
    """A place near by that is not inside a word of letters."""
    for place in range(at, max(at - MAX_WORD, 0), -1):
        if not (WORD.match(text[place - 1]) and WORD.match(text[place])):
            return place
    return at


def _marked(text: str, window: Span, spans: list[Span], shape: Shape) -> str:
    written = html.escape if shape.escaped else str
    at, last = window
    parts: list[str] = []
    for first, end in spans:
        if first >= at and end <= last:
            mark = shape.before + written(text[first:end]) + shape.behind
            parts += [written(text[at:first]), mark]
            at = end
    return "".join([*parts, written(text[at:last])])


def _flag(value: Any) -> bool:
    return str(value or "").lower() in ("true", "on", "1", "yes")


def _count(name: str, value: Any, default: int) -> int:
    if value is None:
        return default
    try:
        count = int(value)
    except (ValueError, TypeError, OverflowError) as error:
        raise QueryError(f"{name} is not a number: {value!r}") from error
    if count < 0:
        raise QueryError(f"'{name}' parameter cannot be negative")
    return count
