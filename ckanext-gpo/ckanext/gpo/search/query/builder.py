"""A request into queries of the engine: its text, its filters, its functions."""

from __future__ import annotations

from dataclasses import replace

from tantivy import Occur, Query

from ckanext.gpo.search.errors import QueryError
from ckanext.gpo.search.index import Clause, VisibleDocuments, all_of, filter_only
from ckanext.gpo.search.scoring import Boosts, Tier, read_boosts

from .dismax import (
    dismax_query,
    edismax_query,
    weighted_fields,
    wider_query,
)
from .local_params import local_params
from .lucene import LuceneParser, Scope
from .matching import Matcher
from .request import Request

BOOL_KEYS = {
    "must": Occur.Must,
    "filter": Occur.Must,
    "should": Occur.Should,
    "must_not": Occur.MustNot,
}
WORD_PARSERS = {"dismax": dismax_query, "edismax": edismax_query}


class QueryBuilder:
    """Builds the queries of requests over one state of the index."""

    def __init__(self, matcher: Matcher) -> None:
        self.matcher = matcher

    def query(self, request: Request) -> Query:
        """The query with all its filters.

        :raises QueryError: it cannot be read
        """
        main = self._parsed(request.q, request)
        filters = self._filters(request)
        return all_of([main, *filters])

    def visible(
        self, request: Request, scope: VisibleDocuments | None = None
    ) -> VisibleDocuments:
        """The documents that the filters of a request let through.

        :raises QueryError: a filter cannot be read
        """
        filters = [*self._filters(request), *(scope.filters if scope else ())]
        return VisibleDocuments(self.matcher.searcher, filters)

    def everything_visible(self, request: Request) -> Query:
        """What the filters let through, whatever is asked for."""
        filters = self._filters(request)
        return all_of(filters) if filters else Query.all_query()

    def tiers(self, request: Request) -> tuple[Tier, ...]:
        """The tiers to ask for, whatever they find; without any, what is found decides."""
        by_words = request.def_type == "dismax" and local_params(request.q) is None
        return request.tiers if by_words else (Tier.FULL,)

    def tier_query(
        self, tier: Tier, request: Request, visible: VisibleDocuments
    ) -> Query:
        """The query for the results of one tier.

        :raises QueryError: the text cannot be read
        """
        if tier is Tier.FULL:
            return visible.matching(self._parsed(request.q, request))
        wider = wider_query(
            request.q, tier, self.matcher, _scope(request), request.mm, visible
        )
        return visible.matching(wider)

    def searched_fields(self, request: Request) -> tuple[str, ...]:
        """The fields that the words of a request are looked for in."""
        by_words = request.def_type in WORD_PARSERS
        weighted = weighted_fields(request.qf) if by_words else ()
        return tuple(name for name, _ in weighted) or (request.df,)

    def boosts(self, request: Request) -> Boosts | None:
        """The functions of a request; Lucene's parser knows none, dismax only sums.

        :raises QueryError: one of them cannot be read
        """
        multiplied = request.boost if request.def_type == "edismax" else ()
        boosts = read_boosts(request.bf, multiplied, self.matcher.now)
        return boosts if request.def_type in WORD_PARSERS else None

    def _filters(self, request: Request) -> list[Query]:
        # Filters are Lucene queries, whatever the main query is.
        by_lucene = replace(request, def_type="lucene")
        with self.matcher.recorder.pause():
            return [filter_only(self._parsed(fq, by_lucene)) for fq in request.fq]

    def _parsed(self, text: str, request: Request) -> Query:
        local = local_params(text)
        if local is None:
            return self._by_parser(text, request)
        if local.parser == "bool":
            clauses: list[Clause] = []
            for key, occur in BOOL_KEYS.items():
                with self.matcher.recorder.pause(when=occur is Occur.MustNot):
                    parts = local.values.get(key, [])
                    clauses += [(occur, self._parsed(part, request)) for part in parts]
            return Query.boolean_query(clauses)
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
        return parse(text, self.matcher, _scope(request), request.mm)


def _scope(request: Request) -> Scope:
    return Scope(weighted_fields(request.qf or request.df), request.tie)


def _operator(request: Request) -> str:
    return "AND" if request.all_required else "OR"
