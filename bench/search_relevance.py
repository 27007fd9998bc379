"""`relevance_*`: how well typed queries are answered, by kind, beside CKAN's stock schema."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from pathlib import Path

from ckanext.gpo.search.engine import Engine

from bench import relevance, stock
from bench.figure import Figure

PEER = "CKAN's stock schema: words between blanks"


def figures() -> Iterator[Figure]:
    corpus = relevance.titles()
    queries = relevance.queries(corpus)
    with tempfile.TemporaryDirectory(prefix="gpo-bench-") as name:
        ours = relevance.fill(Engine(Path(name) / "ours"), corpus)
        peer = relevance.fill(stock.engine(Path(name) / "stock"), corpus)
        measured = relevance.qualities(ours, queries)
        plain = relevance.qualities(peer, queries, relevance.CKAN_WORDS)
    for figure, value in (
        ("relevance_ndcg", "ndcg"),
        ("relevance_mrr", "mrr"),
        ("relevance_zero_hits", "zero_hits"),
    ):
        for kind, quality in measured.items():
            yield Figure(
                f"{figure}[{kind}]",
                round(getattr(quality, value), 3),
                "share of queries" if value == "zero_hits" else "of 1",
                PEER,
                round(getattr(plain[kind], value), 3),
                n=quality.queries,
            )
