"""A search: a request down through the stations, and its answer in Solr's form."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import datetime
from fnmatch import fnmatchcase
from typing import Any

import tantivy
from tantivy import Occur, Query

from .analysis import Analyser
from .highlight import Highlighter, Marker
from .index import BODY, Layout, VisibleDocuments, any_of
from .query import HighlightRequest, Matcher, QueryBuilder, Request, facet_counts
from .scoring import Boosting, Hit, Ordering, SortKeys, Tier, is_needed

Answer = dict[str, Any]


@dataclass(frozen=True)
class Matches:
    """The results of one tier that no tier before it has."""

    tier: Tier
    query: Query
    count: int

    def as_dict(self) -> dict[str, Any]:
        return {"match": self.tier.value, "count": self.count}


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
        self.builder = QueryBuilder(self.matcher)

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
            "facet_counts": self._facets(query, request),
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
        count: Callable[[Query], int] | None = None,
        scope: VisibleDocuments | None = None,
    ) -> Iterator[Matches]:
        """What a request finds, tier by tier; the first tier is always there.

        `count` is called with the query of each tier in turn, and says how much it finds;
        `scope` narrows the request like a filter.

        :raises QueryError: the query cannot be read or carried out
        """
        visible = self.builder.visible(request, scope)
        tiers = self.builder.tiers(request)
        earlier: list[Query] = []
        counts: dict[Tier, int] = {}
        for tier in Tier:
            if tier not in tiers if tiers else not is_needed(tier, counts):
                continue
            query = self.builder.tier_query(tier, request, visible)
            alone = _subtract(query, earlier)
            counts[tier] = (count or visible.count)(alone)
            if counts[tier] or not earlier:
                yield Matches(tier, alone, counts[tier])
            earlier.append(query)

    def _facets(self, query: Query, request: Request) -> dict[str, Any]:
        visible = None
        if request.facet.mincount <= 0:
            # Only values that the asker may see are shown as not found.
            visible = self.builder.everything_visible(request)
        counts = facet_counts(self.searcher, query, request.facet, self.layout, visible)
        return {
            "facet_fields": {
                name: [part for value in values for part in value]
                for name, values in counts.items()
            },
        }

    def _highlighted(
        self,
        bodies: list[dict[str, Any]],
        highlight: HighlightRequest,
        request: Request,
    ) -> dict[str, dict[str, list[str]]]:
        """What the main query has found in each document of the page."""
        if not highlight.fields:
            fields = self.builder.searched_fields(request)
            highlight = replace(highlight, fields=fields)
        marker = Marker(self.matcher.recorder, self.layout, self.matcher.analyser)
        highlighter = Highlighter(highlight, marker, self.layout)
        key = highlight.key or self.layout.solr.unique_key
        return {str(body.get(key, "")): highlighter.pieces(body) for body in bodies}

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
        boosts = self.builder.boosts(request)
        if boosts is None:
            return None
        return Boosting(boosts, self.layout, self.searcher, self.matcher.now)


def _subtract(query: Query, earlier: list[Query]) -> Query:
    if not earlier:
        return query
    return Query.boolean_query(
        [(Occur.Must, query), *((Occur.MustNot, other) for other in earlier)]
    )


def _document(body: dict[str, Any], hit: Hit, fl: tuple[str, ...]) -> dict[str, Any]:
    patterns = [name for name in fl if set("*?[") & set(name)]
    document = {
        name: value
        for name, value in body.items()
        if name in fl or any(fnmatchcase(name, p) for p in patterns)
    }
    if "score" in fl:
        document["score"] = hit.score
    return document


def _keys(request: Request) -> SortKeys:
    # All matches of *:* have the same score, so the next key decides at once.
    if request.q.strip() in ("*:*", "*") and not (request.bf or request.boost):
        return tuple(key for key in request.sort if key.field != "score")
    return request.sort
