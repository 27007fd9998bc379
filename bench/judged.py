"""The judged queries of tests/conformance/relevance, and how well an engine answers them."""

from __future__ import annotations

import math
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from ckanext.gpo.search.engine import Engine
from ckanext.gpo.search.scoring import ranking

FOLDER = Path(__file__).parents[1] / "tests" / "conformance" / "relevance"
GRADES = (3, 2, 1)
DEPTH = 10

CKAN_WORDS = {
    "defType": "dismax",
    "qf": "name^4 title^4 tags^2 groups^2 text",
    "mm": "2<-1 5<80%",
    "tie": "0.1",
    "df": "text",
    "q.op": "AND",
}
"""What CKAN's `package_search` adds to a query without a colon."""

WORDS = {**CKAN_WORDS, "qf": ranking.FIELDS, "bf": ranking.BOOSTS}
"""The same with `ranking`."""


@dataclass(frozen=True)
class Title:
    """A title of the corpus; `plain` is what it says in simplified characters."""

    name: str
    text: str
    plain: str


@dataclass(frozen=True)
class Judged:
    """A query with the grade (0 to 3) of every title, given without any engine."""

    kind: str
    query: str
    grades: dict[str, int]


@dataclass(frozen=True)
class Quality:
    """How well queries of one kind are answered, on the average."""

    queries: int
    ndcg: float
    mrr: float
    zero_hits: float


def titles() -> list[Title]:
    return [
        Title(name, text, plain or text) for name, text, plain in rows("titles.tsv", 3)
    ]


def judged(corpus: list[Title]) -> list[Judged]:
    return [
        Judged(kind, query, _grades(rules, corpus))
        for kind, query, *rules in rows("judged.tsv", 5)
    ]


def rows(name: str, columns: int) -> Iterator[list[str]]:
    """The cells of a file of tests/conformance/relevance, without its comments."""
    for line in (FOLDER / name).read_text("utf-8").splitlines():
        if not line.startswith("#"):
            cells = line.split("\t")
            yield cells + [""] * (columns - len(cells))


def _grades(rules: list[str], corpus: list[Title]) -> dict[str, int]:
    """Titles by the best rule that they fit; those that fit none are graded 0."""
    found: dict[str, int] = {}
    for grade, rule in zip(GRADES, rules, strict=True):
        ways = [way.split() for way in rule.split(" ; ") if way.strip()]
        for title in corpus:
            if any(all(re.search(p, title.plain) for p in way) for way in ways):
                found.setdefault(title.name, grade)
    return found


def filled(engine: Engine, corpus: Iterable[Title]) -> Engine:
    """The engine with one dataset a title."""
    engine.add([document(title.name, title.text) for title in corpus], commit=True)
    return engine


def document(name: str, title: str, **fields: str) -> dict[str, Any]:
    """A dataset as CKAN would send it, all of the same age."""
    return {
        "index_id": name,
        "id": name,
        "name": name,
        "title": title,
        "title_string": title,
        "entity_type": "package",
        "state": "active",
        "metadata_modified": "2026-01-01T00:00:00Z",
        **fields,
    }


def answers(
    engine: Engine, query: str, words: Mapping[str, Any], depth: int = DEPTH
) -> list[str]:
    """The names of the first datasets, as CKAN would ask for them."""
    params: dict[str, Any] = {**words, "fl": "name", "rows": depth}
    found = engine.search(query, {**params, "sort": "score desc"})
    return [document["name"] for document in found["response"]["docs"]]


def ndcg(found: list[str], grades: dict[str, int]) -> float:
    """Normalised discounted cumulative gain of the first ten, with gains 2^grade - 1."""
    best = _gain(sorted(grades.values(), reverse=True))
    return _gain([grades.get(name, 0) for name in found]) / best


def _gain(grades: list[int]) -> float:
    return sum(
        (2**grade - 1) / math.log2(place + 2)
        for place, grade in enumerate(grades[:DEPTH])
    )


def reciprocal_rank(found: list[str], grades: dict[str, int]) -> float:
    """One over the place of the first title that is what was meant: grade 2 or 3."""
    for place, name in enumerate(found, 1):
        if grades.get(name, 0) >= 2:
            return 1 / place
    return 0.0


def qualities(
    engine: Engine, queries: list[Judged], words: Mapping[str, str] = WORDS
) -> dict[str, Quality]:
    """The quality for each kind of query, and for `all` of them."""
    measured = [
        (j.kind, ndcg(found, j.grades), reciprocal_rank(found, j.grades), not found)
        for j in queries
        for found in [answers(engine, j.query, words)]
    ]
    kinds = dict.fromkeys(j.kind for j in queries)
    return {
        kind: _average([m[1:] for m in measured if kind in ("all", m[0])])
        for kind in (*kinds, "all")
    }


def _average(measured: list[tuple[float, float, bool]]) -> Quality:
    ndcgs, ranks, zeros = zip(*measured, strict=True)
    count = len(measured)
    return Quality(count, sum(ndcgs) / count, sum(ranks) / count, sum(zeros) / count)
