"""Which parts of a document's values a query has found: what `sought` noted, in a text.

A catch-all field holds copies of the others, so a text is looked through once in the way
of each field that was asked, as its copy in that field was. With `own` only what was
asked of the field itself counts, as Solr's `hl.requireFieldMatch` says.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from functools import lru_cache

from ckanext.gpo.search.analysis.analyser import Analyser
from ckanext.gpo.search.index.layout import HEARD, SOUND, Layout
from ckanext.gpo.search.index.solr_schema import Kind, Style
from ckanext.gpo.search.query.sought import Accept, Row, Sought, Test

from .tracing import Sounds, Span, Trace, pattern_of_links, row_of_links


@dataclass
class _Texts:
    """What is looked for in texts of one style."""

    literals: list[str] = field(default_factory=list)
    words: set[str] = field(default_factory=set)
    patterns: list[re.Pattern[str]] = field(default_factory=list)
    accepts: list[Accept] = field(default_factory=list)
    pieces: list[str] = field(default_factory=list)


@dataclass
class _Wanted:
    """What is looked for in the values of one field."""

    texts: dict[Style, _Texts] = field(default_factory=dict)
    values: list[Accept] = field(default_factory=list)
    sounds: list[Row] = field(default_factory=list)
    spelled: list[Accept] = field(default_factory=list)


class Marker:
    """Finds in values what one query looks for."""

    def __init__(self, sought: Sought, layout: Layout, analyser: Analyser) -> None:
        self._sought = sought
        self._layout = layout
        self._analyser = analyser
        self._wanted = lru_cache(maxsize=500)(self._wanted_of)

    def spans(self, name: str, text: str, *, own: bool) -> list[Span]:
        """The marked parts of a value, in order, those that touch joined."""
        kind = self._layout.rule(name).kind
        wanted = self._wanted(name if own or name in HEARD else "", own, kind)
        return merged(self._found(text, wanted))

    def _found(self, text: str, wanted: _Wanted) -> Iterator[Span]:
        if any(accept(text) for accept in wanted.values):
            yield 0, len(text)
        for style, texts in wanted.texts.items():
            yield from self._in_text(text, style, texts)
        if wanted.sounds or wanted.spelled:
            heard = Sounds(text, self._analyser)
            for row in wanted.sounds:
                yield from heard.row(row.tokens)
            for accept in wanted.spelled:
                yield from heard.accepted(accept)

    def _in_text(self, text: str, style: Style, wanted: _Texts) -> Iterator[Span]:
        trace = Trace(text, style)
        for literal in wanted.literals:
            yield from trace.literal(literal)
        yield from (span for word, span in trace.joined if word in wanted.words)
        for pattern in wanted.patterns:
            yield from trace.loose(pattern)
        for piece in wanted.pieces:
            yield from trace.plain(piece)
        if wanted.accepts:
            tokens = self._analyser.index_tokens(text, style)
            for accept in wanted.accepts:
                yield from trace.accepted(tokens, accept)

    def _wanted_of(self, name: str, own: bool, kind: Kind) -> _Wanted:
        wanted = _Wanted()
        for row in self._sought.rows:
            if row.field == SOUND and name in HEARD:
                wanted.sounds.append(row)
            elif row.field != SOUND and (not own or row.field == name):
                self._add_row(wanted, row, kind)
        for test in self._sought.tests:
            if test.field == SOUND and name in HEARD:
                wanted.spelled.append(test.accept)
            elif test.field != SOUND and (not own or test.field == name):
                self._add_test(wanted, test, kind)
        return wanted

    def _add_test(self, wanted: _Wanted, test: Test, kind: Kind) -> None:
        rule = self._layout.rule(test.field)
        if rule.kind is Kind.TEXT:
            wanted.texts.setdefault(rule.style, _Texts()).accepts.append(test.accept)
        elif rule.kind is kind:
            wanted.values.append(test.accept)

    def _add_row(self, wanted: _Wanted, row: Row, kind: Kind) -> None:
        rule = self._layout.rule(row.field)
        terms = [term for term, _ in row.tokens]
        if rule.kind is Kind.STRING:
            if kind is Kind.STRING:
                wanted.values.append(terms[0].__eq__)
            return
        texts = wanted.texts.setdefault(rule.style, _Texts())
        if rule.kind is Kind.NGRAM:
            texts.pieces.append(terms[0] + "".join(term[-1] for term in terms[1:]))
            return
        literal = None if row.slop else row_of_links(row.tokens)
        if literal is None:
            texts.patterns.append(pattern_of_links(row.tokens, row.slop))
            return
        if len(terms) == 1:
            texts.words.add(terms[0])
        if literal not in texts.literals:
            texts.literals.append(literal)


def merged(spans: Iterable[Span]) -> list[Span]:
    """Spans in order; those that overlap or touch are one."""
    found: list[Span] = []
    for first, last in sorted(spans):
        if found and first <= found[-1][1]:
            found[-1] = (found[-1][0], max(found[-1][1], last))
        elif first < last:
            found.append((first, last))
    return found
