"""Other queries for one that finds nothing: what was probably meant, and what is left.

All of them come from texts that the public may read, and each is asked before it is
told, so that none leads to an empty page.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator
from dataclasses import replace
from itertools import islice, product
from typing import Any

from tantivy import Query

from ckanext.gpo.search.analysis import RUNS, fold
from ckanext.gpo.search.answering import Matches
from ckanext.gpo.search.index import BODY, VisibleDocuments, best_of, filter_only
from ckanext.gpo.search.query import (
    ApproximateMatch,
    Request,
    Scope,
    read_request,
    weighted_fields,
)

from .corrections import corrections
from .suggester import Entry, Suggester, Suggestion, entry_of

SIGNS = re.compile(r'(?:^|\s)[+-]|"')

MAX_RUNS = 6
"""Runs of a query that are looked at; a longer one is a text that somebody pasted."""

READ = 60
"""Documents whose texts are read for one run."""

PER_RUN = 3
MAX_CHOICES = 12
QUERIES = 3
NEAREST = 5


class Spelling:
    """Finds other queries over one state of the index.

    `params` are those of the search that found nothing, without its `q`.
    """

    def __init__(self, suggester: Suggester, params: dict[str, Any]) -> None:
        self.suggester = suggester
        self.search = suggester.search
        self.matcher = suggester.search.matcher
        self.analyser = self.matcher.analyser
        self.params = params
        self._readings: dict[str, list[str]] = {}
        public = filter_only(suggester.public_documents(suggester.public.types))
        self.public = VisibleDocuments(self.search.searcher, [public])

    def check(self) -> None:
        """:raises QueryError: a filter cannot be read"""
        self.search.builder.query(read_request("*:*", {"fq": self.params["fq"]}))

    def request(self, q: str, *, filtered: bool = True) -> Request:
        """:raises QueryError: it cannot be read"""
        request = read_request(q, self.params)
        return request if filtered else replace(request, fq=())

    def count(self, request: Request) -> int:
        """How many public datasets a request finds."""
        return self.public.count(self.search.builder.query(request))

    def _matches(self, request: Request) -> Iterator[Matches]:
        return self.search.matches(request, scope=self.public)

    def is_guessed(self, q: str) -> bool:
        """Whether what a query finds first of public datasets are guesses."""
        first = next((m for m in self._matches(self.request(q)) if m.count), None)
        return first is not None and first.tier.is_guess

    def meanings(self, q: str, *, filtered: bool = True) -> list[str]:
        """Up to three other queries that find public datasets, likeliest first.

        Who uses signs knows what to ask; without them it would be another question.
        """
        if SIGNS.search(q):
            return []
        for candidates in (self._corrected, self._shortened):
            queries: dict[str, None] = {}
            for other in candidates(q):
                if not other or other in (q, *queries):
                    continue
                if self.count(self.request(other, filtered=filtered)):
                    queries[other] = None
                if len(queries) == QUERIES:
                    break
            if queries:
                return list(queries)
        return []

    def nearest(self, q: str, entries: list[Entry]) -> list[Suggestion]:
        """Up to five names that are nearest to what was asked for, whatever the filters."""
        names: dict[tuple[str, str], Suggestion] = {}
        for text in (q, *self.meanings(q, filtered=False)):
            for suggestion in self.suggester.suggest(text, entries, NEAREST):
                entry = suggestion.entry
                names.setdefault((entry.kind, entry.name), suggestion)
        for matches in self._matches(self.request(q, filtered=False)):
            for entry in self._documents(matches.query, NEAREST):
                address = (entry.kind, entry.name)
                names.setdefault(address, Suggestion(entry, ()))
        return list(islice(names.values(), NEAREST))

    def _corrected(self, q: str) -> Iterator[str]:
        """Queries with other words for those that are not found."""
        for words in self._cut(q):
            options = [list(product(*map(self._options, word))) for word in words]
            for choice in islice(product(*options), MAX_CHOICES):
                yield " ".join("".join(word) for word in choice)

    def _shortened(self, q: str) -> Iterator[str]:
        """Queries without the words that are not found, or without any one word."""
        for words in self._cut(q):
            options = [[(self._options(run) or [""])[0] for run in w] for w in words]
            texts = [text for text in map("".join, options) if text]
            yield " ".join(texts)
            rest = [texts[:index] + texts[index + 1 :] for index in range(len(texts))]
            yield from sorted(map(" ".join, rest), key=len, reverse=True)

    def _cut(self, q: str) -> Iterator[list[list[str]]]:
        """The words of a query, each in its runs of one script, or in smaller words."""
        for cut in (RUNS.findall, self.analyser.pieces):
            words = [cut(word) for word in fold(q).lower().split()[: MAX_RUNS + 1]]
            if sum(map(len, words)) <= MAX_RUNS:
                yield words

    def _options(self, run: str) -> list[str]:
        """What to look for instead of a run, likeliest first; itself if it is found."""
        if run not in self._readings:
            self._readings[run] = self._read(run)
        return self._readings[run]

    def _read(self, run: str) -> list[str]:
        scope = Scope(weighted_fields(self.params["qf"]))
        as_typed = scope.query(self.matcher, "term", run)
        if self.public.count(as_typed):
            return [run]
        ways = ApproximateMatch(self.matcher, scope, self.public).guesses(run)
        texts: Iterable[str] = self._texts(best_of(ways)) if ways else ()
        return corrections(run, texts, self.analyser.segmenter)[:PER_RUN]

    def _texts(self, query: Query) -> Iterator[str]:
        both = self.public.matching(query)
        for _, address in self.search.searcher.search(both, READ, count=False).hits:
            body = json.loads(self.search.searcher.doc(address)[BODY][0])
            for name in ("title", "extras_title_en", "notes"):
                yield body.get(name, "")
            yield from body.get("tags", [])

    def _documents(self, query: Query, limit: int) -> Iterator[Entry]:
        both = self.public.matching(query)
        for _, address in self.search.searcher.search(both, limit, count=False).hits:
            yield entry_of(self.search.searcher.doc(address)[BODY][0])
