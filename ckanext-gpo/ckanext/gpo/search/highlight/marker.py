"""Which parts of a document's values a query has found, by the terms it recorded.

A catch-all field holds copies of the others, so a text is looked through once in the way
of each field that was asked, as its copy in that field was. With `own_field` only what was
asked of the field itself counts, as Solr's `hl.requireFieldMatch` says.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import lru_cache

from ckanext.gpo.search.analysis import Analyser, Span, Style, merge_spans
from ckanext.gpo.search.index import PINYIN, PINYIN_FIELDS, Kind, Layout
from ckanext.gpo.search.query import Accept, TermPredicate, TermRecorder, TermSequence

from .tracing import PinyinTrace, Trace, pattern_of_links, row_of_links


@dataclass
class _Texts:
    """What is looked for in texts of one style."""

    literals: list[str] = field(default_factory=list[str])
    words: set[str] = field(default_factory=set[str])
    patterns: list[re.Pattern[str]] = field(default_factory=list[re.Pattern[str]])
    accepts: list[Accept] = field(default_factory=list[Accept])
    pieces: list[str] = field(default_factory=list[str])


@dataclass
class _Targets:
    """What is looked for in the values of one field."""

    texts: dict[Style, _Texts] = field(default_factory=dict[Style, _Texts])
    values: list[Accept] = field(default_factory=list[Accept])
    pinyin: list[TermSequence] = field(default_factory=list[TermSequence])
    spelled: list[Accept] = field(default_factory=list[Accept])


class Marker:
    """Finds in values what one query looks for."""

    def __init__(
        self, recorder: TermRecorder, layout: Layout, analyser: Analyser
    ) -> None:
        self._recorder = recorder
        self._layout = layout
        self._analyser = analyser
        self._targets = lru_cache(maxsize=500)(self._targets_in)

    def spans(self, name: str, text: str, *, own_field: bool) -> list[Span]:
        """The marked parts of a value, in order, those that touch joined."""
        kind = self._layout.rule(name).kind
        targets = self._targets(
            name if own_field or name in PINYIN_FIELDS else "", own_field, kind
        )
        return merge_spans(list(self._find(text, targets)))

    def _find(self, text: str, targets: _Targets) -> Iterator[Span]:
        if any(accept(text) for accept in targets.values):
            yield 0, len(text)
        for style, texts in targets.texts.items():
            yield from self._in_text(text, style, texts)
        if targets.pinyin or targets.spelled:
            trace = PinyinTrace(text, self._analyser)
            for row in targets.pinyin:
                yield from trace.row(row.tokens)
            for accept in targets.spelled:
                yield from trace.accepted(accept)

    def _in_text(self, text: str, style: Style, targets: _Texts) -> Iterator[Span]:
        trace = Trace(text, style)
        for literal in targets.literals:
            yield from trace.literal(literal)
        yield from (span for word, span in trace.joined if word in targets.words)
        for pattern in targets.patterns:
            yield from trace.loose(pattern)
        for piece in targets.pieces:
            yield from trace.plain(piece)
        if targets.accepts:
            tokens = self._analyser.index_tokens(text, style)
            for accept in targets.accepts:
                yield from trace.accepted(tokens, accept)

    def _targets_in(self, name: str, own_field: bool, kind: Kind) -> _Targets:
        targets = _Targets()
        for row in self._recorder.sequences:
            if row.field == PINYIN and name in PINYIN_FIELDS:
                targets.pinyin.append(row)
            elif row.field != PINYIN and (not own_field or row.field == name):
                self._add_row(targets, row, kind)
        for test in self._recorder.predicates:
            if test.field == PINYIN and name in PINYIN_FIELDS:
                targets.spelled.append(test.accept)
            elif test.field != PINYIN and (not own_field or test.field == name):
                self._add_test(targets, test, kind)
        return targets

    def _add_test(self, targets: _Targets, test: TermPredicate, kind: Kind) -> None:
        rule = self._layout.rule(test.field)
        if rule.kind is Kind.TEXT:
            targets.texts.setdefault(rule.style, _Texts()).accepts.append(test.accept)
        elif rule.kind is kind:
            targets.values.append(test.accept)

    def _add_row(self, targets: _Targets, row: TermSequence, kind: Kind) -> None:
        rule = self._layout.rule(row.field)
        terms = [term for term, _ in row.tokens]
        if rule.kind is Kind.STRING:
            if kind is Kind.STRING:
                targets.values.append(terms[0].__eq__)
            return
        texts = targets.texts.setdefault(rule.style, _Texts())
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
