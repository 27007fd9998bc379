"""One condition on one field into a query of the engine.

What Solr's field types do with a word, a phrase, a range, a pattern: a string is compared
as it is, a text is cut as it was for the index, numbers and dates are read.
"""

from __future__ import annotations

import math
import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

import tantivy
from tantivy import FieldType, Query

from ckanext.gpo.search.analysis import (
    HAN,
    Analyser,
    Style,
    Token,
    Unit,
    character_pairs,
    fold,
    ngrams,
    normal,
    positioned,
)
from ckanext.gpo.search.errors import CostError, Excess, QueryError
from ckanext.gpo.search.index import (
    DYNAMIC_NUMBER,
    FIELD_NAMES,
    MAX_TERM_BYTES,
    NUMBERS,
    Kind,
    Layout,
    Rule,
    all_of,
    best_of,
    boost,
    parse_date,
    step,
)
from ckanext.gpo.search.scoring import ranking

from .budget import Budget
from .term_recorder import TermRecorder
from .terms import FieldTerms, neighbours, terms_of

MAX_CLAUSES = 1024
"""Words and conditions of one query: Solr's maxBooleanClauses."""

MAX_SIGNS = 20
"""Stars and question marks in one word."""

MAX_PATTERN = 200
"""Characters of a regular expression or of a word with stars."""

MAX_COUNTED = 100
"""How often the counted repetitions of a regular expression may repeat in all: the
engine writes each of them out, ten milliseconds for a hundred."""

MAX_SLOP = 100
"""How far apart the words of a loose phrase may stand; who allows more gets this."""

HAN_AFFIX = re.compile(rf"(\*?)([{HAN}]+)(\*?)")
"""A Chinese word with a star before or behind: its characters in a row say the same."""


@dataclass(frozen=True)
class Bound:
    """One end of a range; an open one has no text."""

    text: str | None
    inclusive: bool


class Matcher:
    """Builds the conditions of one request, over one state of the index."""

    def __init__(
        self,
        layout: Layout,
        analyser: Analyser,
        engine: tantivy.Index,
        searcher: tantivy.Searcher,
        now: datetime,
    ) -> None:
        self.layout = layout
        self.analyser = analyser
        self.engine = engine
        self.searcher = searcher
        self.now = now
        self.recorder = TermRecorder()
        self.budget = Budget()

    def spend(self, cost: int) -> None:
        """Pay for looking through the words of a field.

        :raises CostError: the request has asked for too much of that
        """
        self.budget.spend(Excess.PATTERNS, cost)

    def terms(self, name: str) -> FieldTerms:
        """The terms of a text or string field; what is asked of them is noted."""
        return terms_of(self.layout, name, self.recorder)

    def term(self, name: str, text: str) -> Query:
        """Documents with this word or value; all words of a text that holds several."""
        rule = self.layout.rule(name)
        if rule.kind in NUMBERS:
            return self._number_range(name, rule, *[Bound(text, inclusive=True)] * 2)
        if rule.kind is Kind.STRING:
            return self._value(name, text)
        if rule.kind is Kind.NGRAM:
            return all_of([self._pieces(name, word) for word in text.split()])
        terms = self.terms(name)
        units = self.analyser.units(text, rule.style)
        if len(units) > MAX_CLAUSES:
            raise CostError(Excess.CLAUSES, "too many boolean clauses")
        return all_of([self._unit(terms, unit, rule.style) for unit in units])

    def phrase(self, name: str, text: str, slop: int = 0) -> Query:
        """Documents with these words in this order, up to `slop` words apart.

        See `FieldTerms.phrase` for what that means of more than two words.
        """
        rule = self.layout.rule(name)
        if rule.kind is not Kind.TEXT:
            return self.term(name, text)
        tokens = self.analyser.phrase_tokens(text, rule.style, loosely=slop > 0)
        if slop:
            self.spend(len(neighbours(tokens)))
        return self._phrase(self.terms(name), tokens, min(slop, MAX_SLOP))

    def _unit(self, terms: FieldTerms, unit: Unit, style: Style) -> Query:
        """One word of a query: as such, by its synonyms, its parts or its characters."""
        ways = _word(terms, unit)
        for synonym in unit.synonyms:
            words = [
                best_of(_word(terms, part))
                for part in self.analyser.units(synonym, style)
            ]
            ways.append(boost(all_of(words), ranking.SYNONYM_WEIGHT))
        return best_of(ways)

    def exists(self, name: str) -> Query:
        """Documents that have the field at all."""
        return Query.term_query(self.layout.schema, FIELD_NAMES, name)

    def range(self, name: str, low: Bound, high: Bound) -> Query:
        """Documents with a value between two bounds."""
        if low.text is None and high.text is None:
            return self.exists(name)
        rule = self.layout.rule(name)
        if rule.kind in NUMBERS:
            return self._number_range(name, rule, low, high)
        if rule.kind is Kind.STRING and self.layout.is_own(name):
            plain = self._plain_range(name, low, high)
            if plain is not None:
                return plain
        self.spend(RANGE_COST)
        terms = self.terms(name)
        fit: Callable[[str], str] = (
            (lambda text: text)
            if rule.kind is Kind.STRING
            else (lambda text: normal(fold(text), stem=rule.style.stem))
        )
        lowest = None if low.text is None else fit(low.text)
        highest = None if high.text is None else fit(high.text)

        def accept(value: str) -> bool:
            return _is_above(value, lowest, low) and _is_below(value, highest, high)

        start = _common_start(lowest or "", highest or "")
        return terms.matching(accept, start, self.searcher)

    def _plain_range(self, name: str, low: Bound, high: Bound) -> Query | None:
        """A range between plain words, which the engine's own language can say."""
        if any(b.text is not None and not PLAIN.fullmatch(b.text) for b in (low, high)):
            return None
        self.recorder.add_predicate(
            name,
            lambda v: _is_above(v, low.text, low) and _is_below(v, high.text, high),
        )
        return self.engine.parse_query(
            f"{name}:{'[' if low.inclusive else '{'}{low.text or '*'} TO "
            f"{high.text or '*'}{']' if high.inclusive else '}'}"
        )

    def wildcard(self, name: str, parts: list[str]) -> Query:
        """Documents with a word that matches a pattern.

        `parts` are literal texts and the signs `*` (any characters) and `?` (one), each
        sign by itself as "\\0*" and "\\0?" so that it is no literal.
        """
        rule = self.layout.rule(name)
        if rule.kind in NUMBERS:
            raise QueryError(f"Wildcards are not supported on numeric field {name}")
        too_long = sum(map(len, parts)) > MAX_PATTERN
        if too_long or sum(part in SIGNS for part in parts) > MAX_SIGNS:
            raise CostError(Excess.COMPLEX_PATTERN, "the pattern is too complex")
        terms = self.terms(name)
        if rule.kind is not Kind.STRING:
            parts = [p if p in SIGNS else fold(p).lower() for p in parts]
            plain = "".join(part.removeprefix("\0") for part in parts)
            if (match := HAN_AFFIX.fullmatch(plain)) and rule.kind is Kind.TEXT:
                return self._phrase(terms, character_pairs(match[2]))
            if rule.kind is Kind.NGRAM:
                return self._pieces(name, "".join(p for p in parts if p not in SIGNS))
        pattern = "".join(SIGNS.get(p) or re.escape(p) for p in parts)
        return terms.regex(pattern, self.searcher)

    def regex(self, name: str, pattern: str) -> Query:
        """Documents with a word that a regular expression matches as a whole."""
        if self.layout.rule(name).kind in NUMBERS:
            raise QueryError(f"Regular expressions are not supported on {name}")
        if len(pattern) > MAX_PATTERN or repetitions(pattern) > MAX_COUNTED:
            raise CostError(Excess.COMPLEX_PATTERN, "the pattern is too complex")
        return self.terms(name).regex(pattern, self.searcher)

    def fuzzy(self, name: str, text: str, edits: int) -> Query:
        """Documents with a word that differs in up to so many characters."""
        rule = self.layout.rule(name)
        if rule.kind in NUMBERS:
            raise QueryError(f"Fuzzy search is not supported on numeric field {name}")
        if rule.kind is not Kind.STRING:
            text = normal(fold(text), stem=rule.style.stem)
        return self.terms(name).fuzzy(text, min(edits, 2), self.searcher)

    def _value(self, name: str, text: str) -> Query:
        if len(text.encode(errors="replace")) > MAX_TERM_BYTES:
            return Query.empty_query()
        return self.terms(name).term(text)

    def _pieces(self, name: str, word: str) -> Query:
        return self._phrase(self.terms(name), ngrams(word))

    @staticmethod
    def _phrase(terms: FieldTerms, tokens: list[Token], slop: int = 0) -> Query:
        return terms.phrase(tokens, slop) if tokens else Query.empty_query()

    def _number_range(self, name: str, rule: Rule, low: Bound, high: Bound) -> Query:
        lowest, highest = self._number(low, rule), self._number(high, rule)
        if not self.layout.is_own(name):
            return self._dynamic_range(name, low, high, lowest, highest)
        return Query.range_query(
            self.layout.schema,
            name,
            FieldType.Float if rule.kind is Kind.FLOAT else FieldType.Integer,
            lowest,
            highest,
            low.inclusive,
            high.inclusive,
        )

    def _dynamic_range(
        self,
        name: str,
        low: Bound,
        high: Bound,
        lowest: float | None,
        highest: float | None,
    ) -> Query:
        # Ranges inside JSON can only be said in the engine's own query language.
        field = re.sub(r"([^\w-])", r"\\\1", step(name))
        return self.engine.parse_query(
            f"{DYNAMIC_NUMBER}.{field}:"
            f"{'[' if low.inclusive else '{'}{'*' if lowest is None else lowest} TO "
            f"{'*' if highest is None else highest}{']' if high.inclusive else '}'}"
        )

    def _number(self, bound: Bound, rule: Rule) -> float | None:
        if bound.text is None:
            return None
        if rule.kind is Kind.DATE:
            return parse_date(bound.text, self.now)
        try:
            number = (float if rule.kind is Kind.FLOAT else int)(bound.text)
        except ValueError as error:
            raise QueryError(f"Invalid Number: {bound.text}") from error
        if not -(2**63) <= number < 2**63:
            raise QueryError(f"Invalid Number: {bound.text}")
        return number


RANGE_COST = 20

PLAIN = re.compile(r"(?!(?:TO|IN|AND|OR|NOT)$)\w[\w.-]*")

COUNTED = re.compile(r"\{(\d*),?(\d*)\}")

SIGNS = {"\0*": ".*", "\0?": "."}


def repetitions(pattern: str) -> int:
    """How often the innermost part of counted repetitions inside another may repeat."""
    return math.prod(
        max(int(least or 1), int(most or 1)) for least, most in COUNTED.findall(pattern)
    )


def _word(terms: FieldTerms, unit: Unit) -> list[Query]:
    """The ways to find a word without its synonyms."""
    ways = [terms.term(unit.text)]
    if unit.pairs:
        row = terms.phrase(positioned(unit.pairs))
        ways.append(boost(row, ranking.CHARACTERS_WEIGHT))
    if unit.parts:
        parts = all_of([terms.term(part) for part in unit.parts])
        ways.append(boost(parts, ranking.PARTS_WEIGHT))
    return ways


def _is_above(value: str, lowest: str | None, low: Bound) -> bool:
    if lowest is None:
        return True
    return value >= lowest if low.inclusive else value > lowest


def _is_below(value: str, highest: str | None, high: Bound) -> bool:
    if highest is None:
        return True
    return value <= highest if high.inclusive else value < highest


def _common_start(one: str, other: str) -> str:
    length = 0
    for a, b in zip(one, other, strict=False):
        if a != b:
            break
        length += 1
    return one[:length]
