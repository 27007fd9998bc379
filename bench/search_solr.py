"""`solr_*`: the judged queries on a Solr with our configset, beside the embedded engine.

Needs CKAN_SOLR_URL, the address of an empty core that may be filled; see docker/solr/.
"""

from __future__ import annotations

import os
import statistics
import tempfile
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

import pysolr

from ckanext.gpo.search.engine import Engine

from bench import relevance
from bench.figure import Figure, Stopwatch

PEER = "the embedded engine"


class Solr:
    """What the judged queries ask of an engine, asked of Solr."""

    def __init__(self, url: str) -> None:
        self._solr = pysolr.Solr(url)
        self._solr.delete(q="*:*", commit=True)

    def add(self, documents: Iterable[dict[str, Any]], *, commit: bool) -> None:
        site = {"site_id": "bench", "dataset_type": "dataset"}
        self._solr.add([{**site, **document} for document in documents], commit=commit)

    def search(self, q: str, params: dict[str, Any]) -> dict[str, Any]:
        answer = self._solr.search(q, **params)
        return {"response": {"docs": answer.docs, "numFound": answer.hits}}


def figures() -> Iterator[Figure]:
    corpus = relevance.titles()
    queries = relevance.queries(corpus)
    with tempfile.TemporaryDirectory(prefix="gpo-bench-") as name:
        solr = relevance.fill(Solr(os.environ["CKAN_SOLR_URL"]), corpus)
        ours = relevance.fill(Engine(Path(name)), corpus)
        measured = relevance.qualities(solr, queries)
        peer = relevance.qualities(ours, queries)
        for figure in ("ndcg", "mrr", "zero_hits"):
            for kind, quality in measured.items():
                yield Figure(
                    f"solr_{figure}[{kind}]",
                    round(getattr(quality, figure), 3),
                    "share of queries" if figure == "zero_hits" else "of 1",
                    PEER,
                    round(getattr(peer[kind], figure), 3),
                    n=quality.queries,
                )
        yield Figure.from_times(
            "solr_query",
            _typical(solr, queries),
            PEER,
            _typical(ours, queries),
            len(queries),
        )


def _typical(engine: Engine | Solr, queries: list[relevance.Query]) -> float:
    """The median of the seconds that a query takes, asked as CKAN asks it."""
    times: list[float] = []
    for query in queries:
        with Stopwatch() as stopwatch:
            relevance.answers(engine, query.text, relevance.WORDS)
        times.append(stopwatch.seconds)
    return statistics.median(times)
