"""The query language of search boxes: words and "phrases", each perhaps with + or -.

Next to nothing that a person types is an error here. Every word is looked for in all
weighted fields; how many of the words must be found is said by `mm`, unless the person
says OR: Solr would ask for both words of `a OR b` all the same, with the `mm` that CKAN
sends.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace

from tantivy import Occur, Query

from ckanext.gpo.search.errors import CostError, Excess, QueryError
from ckanext.gpo.search.index import Clause, Kind, VisibleDocuments, boost
from ckanext.gpo.search.scoring import Tier

from .approximate_match import ApproximateMatch
from .lucene import MAX_WEIGHT, LuceneParser, Scope, combine
from .matching import MAX_CLAUSES, Matcher
from .minimum import minimum_should_match
from .partial_match import PartialMatch

CONSECUTIVE = re.compile(r"(?<!\s)\s+[+-](?:\s*[+-])+")
DANGLING = re.compile(r"(?<![-+\s])([-+]*)\s[-+\s]+\Z")
DOUBLE = re.compile(r"\s*[+-]\s*[+-]")
"""Solr drops double signs and signs at the end, but not at the start of a query.

Each run of blanks and signs is read from where it begins, and not again from within."""

MAX_APPROXIMATE = 8
"""Words of a query that is worth asking again, more loosely."""

MAX_FIELDS = 50
"""Weighted fields of one query."""

SIGNS = re.compile(r'[+\-"]')
WORDS = re.compile(r'([+-]?)(?:"([^"]*)"|([^\s"]+))')
WEIGHTED = re.compile(r"([^\s^]+)(?:\^(\d+(?:\.\d+)?))?")


def weighted_fields(text: str) -> tuple[tuple[str, float], ...]:
    """The `qf` parameter: `name^4 title^4 text`.

    :raises QueryError: a weight is no number, or there are too many of them
    """
    fields: list[tuple[str, float]] = []
    for word in text.replace(",", " ").split():
        match = WEIGHTED.fullmatch(word)
        if not match or len(fields) == MAX_FIELDS or float(match[2] or 1) >= MAX_WEIGHT:
            raise QueryError(f"Invalid qf parameter: {word[:200]}")
        fields.append((match[1], float(match[2] or 1)))
    return tuple(fields)


@dataclass(frozen=True)
class Term:
    """A word or a phrase of a query and whether it must, may or must not occur."""

    occur: Occur
    text: str
    is_phrase: bool


@dataclass
class Typed:
    """What was typed; `either` when it says OR, which leaves `mm` without a say."""

    terms: list[Term] = field(default_factory=list[Term])
    either: bool = False


def read_words(text: str) -> Typed:
    """The words and phrases of a query, with what + - AND OR NOT make of them.

    :raises QueryError: operators without words, or two signs at the start
    """
    text = DANGLING.sub(r"\1", CONSECUTIVE.sub(" ", text))
    typed = Typed()
    link = ""
    for sign, phrase, word in WORDS.findall(text):
        if word in LINKS and not sign:
            if link == word or (word != "NOT" and not typed.terms):
                raise QueryError(f"Cannot parse '{text[:200]}'")
            link = word
            typed.either |= link == "OR"
            if link == "AND" and typed.terms[-1].occur is Occur.Should:
                typed.terms[-1] = replace(typed.terms[-1], occur=Occur.Must)
            continue
        if not phrase and not word.strip("+-"):
            continue  # a dash between two words
        occur = OCCURS[sign or LINKS.get(link, "")]
        typed.terms.append(Term(occur, phrase or word, is_phrase=bool(phrase)))
        link = ""
    if link or not typed.terms or DOUBLE.match(text):
        raise QueryError(f"Cannot parse '{text[:200]}'")
    return typed


def dismax_query(text: str, matcher: Matcher, scope: Scope, mm: str) -> Query:
    """The query for what was typed into a search box."""
    if text.strip() == "*":
        return Query.all_query()
    return _query(read_words(text), matcher, scope, mm)


def wider_query(
    text: str,
    tier: Tier,
    matcher: Matcher,
    scope: Scope,
    mm: str,
    visible: VisibleDocuments,
) -> Query:
    """The query for results that fit less exactly, among the visible documents."""
    if text.strip() == "*":
        return Query.empty_query()
    typed = read_words(text)
    if tier is Tier.PARTIAL:
        return _partial_query(typed, PartialMatch(matcher, scope, visible))
    return _approximate_query(
        typed, tier, ApproximateMatch(matcher, scope, visible), mm
    )


def edismax_query(text: str, matcher: Matcher, scope: Scope, mm: str) -> Query:
    """Lucene's language over the weighted fields; what cannot be read is only words."""
    try:
        parser = LuceneParser(matcher, scope, all_required=False)
        clauses = parser.clauses(text)
    except QueryError:
        terms = [Term(Occur.Should, w, is_phrase=False) for w in plain_words(text)]
        return _query(Typed(terms), matcher, scope, mm)
    return with_minimum(clauses, "1" if parser.either else mm)


def plain_words(text: str) -> list[str]:
    """The words of a query without its signs and operators."""
    return [word for word in SIGNS.sub(" ", text).split() if word not in LINKS]


def _query(typed: Typed, matcher: Matcher, scope: Scope, mm: str) -> Query:
    clauses: list[Clause] = []
    whole: list[Query] = []
    for term in typed.terms:
        pieces = [] if term.is_phrase else matcher.analyser.pieces(term.text)
        if len(clauses) + len(pieces) > MAX_CLAUSES:
            raise CostError(Excess.CLAUSES, "too many boolean clauses")
        excluded = term.occur is Occur.MustNot
        with matcher.recorder.pause(when=excluded):
            if term.is_phrase:
                clauses.append((term.occur, scope.query(matcher, "phrase", term.text)))
            clauses += [(term.occur, scope.query(matcher, "term", p)) for p in pieces]
            if len(pieces) > 1 and not excluded:
                whole.append(_as_a_whole(term.text, matcher, scope))
    required = with_minimum(clauses, "1" if typed.either else mm)
    if not whole:
        return required
    # What stands together in the query and in a document moves that document up.
    return Query.boolean_query(
        [(Occur.Must, required), *((Occur.Should, query) for query in whole)]
    )


def _partial_query(typed: Typed, partial: PartialMatch) -> Query:
    """Fewer of the words; what must or must not be there still must or must not."""
    if typed.either:
        return Query.empty_query()
    matcher = partial.matcher
    pieces: list[str] = []
    clauses: list[Clause] = []
    for term in typed.terms:
        if term.occur is Occur.Should and not term.is_phrase:
            pieces += matcher.analyser.pieces(term.text)
            continue
        with matcher.recorder.pause(when=term.occur is Occur.MustNot):
            method = "phrase" if term.is_phrase else "term"
            query = partial.scope.query(matcher, method, term.text)
        must_not = term.occur is Occur.MustNot
        clauses.append((Occur.MustNot if must_not else Occur.Must, query))
    some = partial.query(pieces)
    if some is None:
        return Query.empty_query()
    required = any(occur is Occur.Must for occur, _ in clauses)
    return combine([(Occur.Should if required else Occur.Must, some), *clauses])


def _approximate_query(
    typed: Typed, tier: Tier, approximate: ApproximateMatch, mm: str
) -> Query:
    if len(typed.terms) > MAX_APPROXIMATE:
        return Query.empty_query()
    matcher, scope = approximate.matcher, approximate.scope
    clauses: list[Clause] = []
    for term in typed.terms:
        excluded = term.occur is Occur.MustNot
        with matcher.recorder.pause(when=excluded):
            if term.is_phrase:
                query = scope.query(matcher, "phrase", term.text)
            elif excluded:
                query = scope.query(matcher, "term", term.text)
            else:
                query = approximate.word(term.text, tier)
        clauses.append((term.occur, query))
    return with_minimum(clauses, "1" if typed.either else mm)


def with_minimum(clauses: list[Clause], mm: str) -> Query:
    """Clauses of which at least so many of the optional ones must match."""
    optional = sum(occur is Occur.Should for occur, _ in clauses)
    least = minimum_should_match(mm, optional)
    if least == 0 or len(clauses) < 2:
        return combine(clauses)
    return Query.boolean_query(clauses, least)


def _as_a_whole(word: str, matcher: Matcher, scope: Scope) -> Query:
    ways = [
        boost(
            matcher.term(name, word)
            if matcher.layout.rule(name).kind is Kind.STRING
            else matcher.phrase(name, word),
            weight,
        )
        for name, weight in scope.fields
        if matcher.layout.rule(name).kind in (Kind.STRING, Kind.TEXT)
    ]
    return Query.disjunction_max_query(ways, scope.tie)


LINKS = {"AND": "+", "OR": "", "NOT": "-"}
"""The words between words that count; what follows AND is required as what is before."""

OCCURS = {"": Occur.Should, "+": Occur.Must, "-": Occur.MustNot}
