"""The query language of search boxes: words and "phrases", each perhaps with + or -.

Nothing that a person types is an error here. Every word is looked for in all weighted
fields; how many of the words must be found is said by `mm`, unless the person says OR:
Solr would ask for both words of `a OR b` all the same, with the `mm` that CKAN sends.
"""

from __future__ import annotations

import re

from tantivy import Occur, Query

from .errors import QueryError
from .lucene import Clause, LuceneParser, Scope, combined
from .matching import MAX_CLAUSES, Matcher
from .minimum import minimum_should_match
from .solr_schema import Kind

WORDS = re.compile(r'([+-]?)(?:"([^"]*)"|([^\s"]+))')
WEIGHTED = re.compile(r"([^\s^]+)(?:\^(\d+(?:\.\d+)?))?")


def weighted_fields(text: str) -> tuple[tuple[str, float], ...]:
    """The `qf` parameter: `name^4 title^4 text`.

    :raises QueryError: a weight is no number
    """
    found: list[tuple[str, float]] = []
    for word in text.replace(",", " ").split():
        match = WEIGHTED.fullmatch(word)
        if not match:
            raise QueryError(f"Invalid qf parameter: {word}")
        found.append((match[1], float(match[2] or 1)))
    return tuple(found)


def dismax_query(text: str, matcher: Matcher, scope: Scope, mm: str) -> Query:
    """The query for what was typed into a search box."""
    if text.strip() == "*":
        return Query.all_query()
    clauses: list[Clause] = []
    whole: list[Query] = []
    link = ""
    either = False
    for sign, phrase, word in WORDS.findall(text):
        if word in LINKS and not sign:
            link = word
            either |= link == "OR"
            if link == "AND" and clauses and clauses[-1][0] is Occur.Should:
                clauses[-1] = (Occur.Must, clauses[-1][1])
            continue
        occur = OCCURS[sign or LINKS.get(link, "")]
        link = ""
        if phrase:
            clauses.append((occur, scope.query(matcher, "phrase", phrase)))
            continue
        pieces = matcher.analyser.pieces(word)
        if len(clauses) + len(pieces) > MAX_CLAUSES:
            raise QueryError("too many boolean clauses")
        clauses += [(occur, scope.query(matcher, "term", piece)) for piece in pieces]
        if len(pieces) > 1 and occur is not Occur.MustNot:
            whole.append(_as_a_whole(word, matcher, scope))
    required = with_minimum(clauses, "1" if either else mm)
    if not whole:
        return required
    # What stands together in the query and in a document moves that document up.
    return Query.boolean_query(
        [(Occur.Must, required), *((Occur.Should, query) for query in whole)]
    )


def edismax_query(text: str, matcher: Matcher, scope: Scope, mm: str) -> Query:
    """Lucene's language over the weighted fields; what cannot be read is only words."""
    try:
        parser = LuceneParser(matcher, scope, all_required=False)
        clauses = parser.clauses(text)
    except QueryError:
        return dismax_query(text, matcher, scope, mm)
    return with_minimum(clauses, "1" if parser.either else mm)


def with_minimum(clauses: list[Clause], mm: str) -> Query:
    """Clauses of which at least so many of the optional ones must match."""
    optional = sum(occur is Occur.Should for occur, _ in clauses)
    least = minimum_should_match(mm, optional)
    if optional < 2 or least == 0:
        return combined(clauses)
    return Query.boolean_query(clauses, least)


def _as_a_whole(word: str, matcher: Matcher, scope: Scope) -> Query:
    ways = [
        Query.boost_query(
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
