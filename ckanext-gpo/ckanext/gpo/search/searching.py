"""A search: its parameters into a query, the query into an answer in Solr's form."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import datetime
from fnmatch import fnmatchcase
from typing import Any

import tantivy
from tantivy import Occur, Query

from .analysis.analyser import Analyser
from .errors import QueryError
from .highlight.highlighting import Highlight, Highlighter
from .highlight.marking import Marker
from .index.layout import BODY, Layout
from .query.dismax import (
    dismax_query,
    edismax_query,
    plain_words,
    weighted_fields,
    wider_query,
)
from .query.facets import facet_counts
from .query.local_params import local_params
from .query.lucene import Clause, LuceneParser, Scope
from .query.matching import Matcher
from .query.request import Request
from .query.terms import any_of
from .scoring.boosting import Boosting, read_boosts
from .scoring.ordering import Hit, Keys, Ordering, unscored
from .scoring.tiers import Matches, Tier, tier_matches

Answer = dict[str, Any]


class TieredPage:
    """One page of results, filled tier by tier: the better tier is first in any order."""

    def __init__(self, ordering: Ordering, request: Request) -> None:
        self.hits: list[Hit] = []
        self._ordering = ordering
        self._request = request
        self._passed = 0

    def count(self, query: Query) -> int:
        """How much the next tier finds; what of it belongs on the page is put there."""
        start = max(self._request.start - self._passed, 0)
        rows = self._request.rows - len(self.hits)
        page = self._ordering.page(query, _keys(self._request), start, rows)
        self.hits += page.hits
        self._passed += page.total
        return page.total


class Search:
    """Answers requests over one state of the index."""

    def __init__(
        self,
        layout: Layout,
        analyser: Analyser,
        engine: tantivy.Index,
        searcher: tantivy.Searcher,
        now: datetime,
    ) -> None:
        self.layout = layout
        self.searcher = searcher
        self.matcher = Matcher(layout, analyser, engine, searcher, now)

    def answer(self, request: Request) -> Answer:
        """What Solr would send as JSON for this request.

        :raises QueryError: the query cannot be read or carried out
        """
        boosting = self._boosting(request)
        ordering = Ordering(self.layout, self.searcher, boosting)
        page = TieredPage(ordering, request)
        tiers = list(self.matches(request, page.count))
        query = any_of([matches.query for matches in tiers])
        hits = page.hits
        if "score" in request.fl:
            hits = [self._scored(query, hit, boosting) for hit in hits]
        # Only values that the asker may see are shown as not found.
        visible = self._all_visible(request) if request.facet.mincount <= 0 else None
        counts = facet_counts(self.searcher, query, request.facet, self.layout, visible)
        bodies = [self._body(hit) for hit in hits]
        answer: Answer = {
            "response": {
                "numFound": sum(matches.count for matches in tiers),
                "start": request.start,
                "docs": [
                    _document(body, hit, request.fl)
                    for body, hit in zip(bodies, hits, strict=True)
                ],
            },
            "facet_counts": {
                "facet_queries": {
                    text: ordering.count(self._narrowed(query, text, request))
                    for text in request.facet.queries
                },
                "facet_fields": {
                    name: [part for count in values for part in count]
                    for name, values in counts.items()
                },
            },
        }
        if request.highlight:
            answer["highlighting"] = self._highlighted(
                bodies, request.highlight, request
            )
        if request.def_type == "dismax":
            answer["tiers"] = [matches.as_dict() for matches in tiers]
        first = next((matches for matches in tiers if matches.count), None)
        if first and first.tier.is_guess:
            answer["guessed"] = True
        return answer

    def matches(
        self,
        request: Request,
        count: Callable[[Query], int],
        visible: Query | None = None,
    ) -> Iterator[Matches]:
        """What a request finds, tier by tier; `visible` narrows it like a filter.

        `count` is called with the query of each tier in turn, and says how much it finds.

        :raises QueryError: the query cannot be read or carried out
        """
        filters = self._filters(request)
        if visible is not None:
            filters.append((Occur.Must, visible))
        ordering = Ordering(self.layout, self.searcher)

        def filtered(query: Query) -> Query:
            return Query.boolean_query([(Occur.Must, query), *filters])

        def tier_query(tier: Tier) -> Query:
            if tier is Tier.FULL:
                return filtered(self._parsed(request.q, request))
            scope = Scope(weighted_fields(request.qf or request.df), request.tie)
            wider = wider_query(
                request.q,
                tier,
                self.matcher,
                scope,
                request.mm,
                lambda query: ordering.count(filtered(query)),
            )
            return filtered(self._with_preferred(wider, request.q, request))

        by_words = request.def_type == "dismax" and local_params(request.q) is None
        chosen = request.tiers if by_words else (Tier.FULL,)
        return tier_matches(tier_query, count, chosen)

    def _highlighted(
        self, bodies: list[dict[str, Any]], highlight: Highlight, request: Request
    ) -> dict[str, dict[str, list[str]]]:
        """What the main query has found in each document of the page."""
        if not highlight.fields:
            by_words = request.def_type in WORD_PARSERS
            searched = weighted_fields(request.qf) if by_words else ()
            names = tuple(name for name, _ in searched) or (request.df,)
            highlight = replace(highlight, fields=names)
        marker = Marker(self.matcher.sought, self.layout, self.matcher.analyser)
        highlighter = Highlighter(highlight, marker, self.layout)
        key = highlight.key or self.layout.solr.unique_key
        return {str(body.get(key, "")): highlighter.pieces(body) for body in bodies}

    def _narrowed(self, query: Query, text: str, request: Request) -> Query:
        """What of a query is also found by a Lucene query."""
        with self.matcher.sought.silent():
            also = self._parsed(text, replace(request, def_type="lucene"))
        return Query.boolean_query([(Occur.Must, query), (Occur.Must, also)])

    def query(self, request: Request) -> Query:
        """The query with all its filters."""
        main = self._parsed(request.q, request)
        filters = self._filters(request)
        return Query.boolean_query([(Occur.Must, main), *filters]) if filters else main

    def _filters(self, request: Request) -> list[Clause]:
        # Filters are Lucene queries, whatever the main query is.
        by_lucene = replace(request, def_type="lucene")
        with self.matcher.sought.silent():
            return [
                (Occur.Must, unscored(self._parsed(fq, by_lucene))) for fq in request.fq
            ]

    def _all_visible(self, request: Request) -> Query:
        """What the filters let through, whatever is asked for."""
        filters = self._filters(request)
        return Query.boolean_query(filters) if filters else Query.all_query()

    def _parsed(self, text: str, request: Request) -> Query:
        local = local_params(text)
        if local is None:
            return self._by_parser(text, request)
        if local.parser == "bool":
            clauses: list[Clause] = []
            for key, occur in BOOL_KEYS.items():
                with self.matcher.sought.silent(when=occur is Occur.MustNot):
                    parts = local.values.get(key, [])
                    clauses += [(occur, self._parsed(part, request)) for part in parts]
            return Query.boolean_query(clauses)
        if local.parser == "term":
            return self.matcher.term(local.get("f"), local.text)
        return self._by_parser(
            local.text,
            replace(
                request,
                def_type=local.parser,
                qf=local.get("qf", request.qf),
                mm=local.get("mm", request.mm),
                df=local.get("df", request.df),
                all_required=local.get("q.op", _operator(request)).upper() == "AND",
            ),
        )

    def _by_parser(self, text: str, request: Request) -> Query:
        if request.def_type == "lucene":
            scope = Scope(((request.df, 1.0),))
            parser = LuceneParser(
                self.matcher, scope, all_required=request.all_required
            )
            return parser.query(text)
        parse = WORD_PARSERS.get(request.def_type)
        if parse is None:
            raise QueryError(f"Unknown query parser '{request.def_type}'")
        scope = Scope(weighted_fields(request.qf or request.df), request.tie)
        query = parse(text, self.matcher, scope, request.mm)
        return self._with_preferred(query, text, request)

    def _with_preferred(self, query: Query, text: str, request: Request) -> Query:
        preferred = self._preferred(text, request)
        if not preferred:
            return query
        return Query.boolean_query([(Occur.Must, query), *preferred])

    def _preferred(self, text: str, request: Request) -> list[Clause]:
        """What moves a document up without deciding whether it is found."""
        by_lucene = replace(request, def_type="lucene")
        with self.matcher.sought.silent():
            found = [(Occur.Should, self._parsed(bq, by_lucene)) for bq in request.bq]
            words = plain_words(text)
            if request.pf and len(words) > 1:
                scope = Scope(weighted_fields(request.pf), request.tie)
                phrase = scope.query(
                    self.matcher, "phrase", " ".join(words), request.ps
                )
                found.append((Occur.Should, phrase))
        return found

    def _body(self, hit: Hit) -> dict[str, Any]:
        return json.loads(self.searcher.doc(hit.address)[BODY][0])

    def _scored(self, query: Query, hit: Hit, boosting: Boosting | None) -> Hit:
        if hit.score is not None:
            return hit
        explained = json.loads(query.explain(self.searcher, hit.address).to_json())
        score = explained["value"]
        if boosting:
            [(score, _)] = boosting.whole([(score, hit.address)])
        return replace(hit, score=score)

    def _boosting(self, request: Request) -> Boosting | None:
        """The functions of a request; Lucene's parser knows none, dismax only sums."""
        now = self.matcher.now
        multiplied = request.boost if request.def_type == "edismax" else ()
        boosts = read_boosts(request.bf, multiplied, now)
        if boosts is None or request.def_type not in WORD_PARSERS:
            return None
        return Boosting(boosts, self.layout, self.searcher, now)


def _document(body: dict[str, Any], hit: Hit, fl: tuple[str, ...]) -> dict[str, Any]:
    patterns = [want for want in fl if "*" in want or "?" in want or "[" in want]
    found = {
        name: value
        for name, value in body.items()
        if name in fl or any(fnmatchcase(name, want) for want in patterns)
    }
    if "score" in fl:
        found["score"] = hit.score
    return found


def _keys(request: Request) -> Keys:
    # All matches of *:* have the same score, so the next key decides at once.
    if request.q.strip() in ("*:*", "*") and not (request.bf or request.boost):
        return tuple(key for key in request.sort if key.field != "score")
    return request.sort


def _operator(request: Request) -> str:
    return "AND" if request.all_required else "OR"


BOOL_KEYS = {
    "must": Occur.Must,
    "filter": Occur.Must,
    "should": Occur.Should,
    "must_not": Occur.MustNot,
}
WORD_PARSERS = {"dismax": dismax_query, "edismax": edismax_query}
