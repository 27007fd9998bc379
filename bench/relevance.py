"""The judged queries of tests/conformance/relevance, and how good answers are measured."""

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

RELEVANT = 2
"""The least grade of an answer that is what was meant."""

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
class Query:
    """A query with the grade (0 to 3) of every title, given without any engine."""

    kind: str
    text: str
    grades: dict[str, int]


@dataclass(frozen=True)
class Quality:
    """How good some answers are, on the average."""

    queries: int
    ndcg: float
    mrr: float
    recall: float
    zero_hits: float


def titles() -> list[Title]:
    return [
        Title(name, text, plain or text) for name, text, plain in rows("titles.tsv", 3)
    ]


def queries(corpus: list[Title]) -> list[Query]:
    return [
        Query(kind, text, _grades(rules, corpus))
        for kind, text, *rules in rows("judged.tsv", 5)
    ]


def rows(name: str, columns: int) -> Iterator[list[str]]:
    """The cells of a file of tests/conformance/relevance, without its comments."""
    for line in (FOLDER / name).read_text("utf-8").splitlines():
        if not line.startswith("#"):
            cells = line.split("\t")
            yield cells + [""] * (columns - len(cells))


def _grades(rules: list[str], corpus: list[Title]) -> dict[str, int]:
    """Titles by the best rule that they fit; those that fit none are graded 0."""
    grades: dict[str, int] = {}
    for grade, rule in zip(GRADES, rules, strict=True):
        ways = [way.split() for way in rule.split(" ; ") if way.strip()]
        for title in corpus:
            if any(all(re.search(p, title.plain) for p in way) for way in ways):
                grades.setdefault(title.name, grade)
    return grades


def fill(engine: Engine, corpus: Iterable[Title]) -> Engine:
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
    answer = engine.search(query, {**params, "sort": "score desc"})
    return [document["name"] for document in answer["response"]["docs"]]


def ndcg(names: list[str], grades: dict[str, int]) -> float:
    """Normalised discounted cumulative gain of the first ten, with gains 2^grade - 1."""
    best = _gain(sorted(grades.values(), reverse=True))
    return _gain([grades.get(name, 0) for name in names]) / best


def _gain(grades: list[int]) -> float:
    return sum(
        (2**grade - 1) / math.log2(place + 2)
        for place, grade in enumerate(grades[:DEPTH])
    )


def reciprocal_rank(names: list[str], grades: dict[str, int]) -> float:
    """One over the place of the first answer that is what was meant."""
    for place, name in enumerate(names, 1):
        if grades.get(name, 0) >= RELEVANT:
            return 1 / place
    return 0.0


def recall(names: list[str], grades: dict[str, int]) -> float:
    """The share of the relevant answers that are among the names."""
    relevant = {name for name, grade in grades.items() if grade >= RELEVANT}
    return len(relevant.intersection(names)) / len(relevant)


def measure(answers: Iterable[tuple[list[str], dict[str, int]]]) -> Quality:
    """The quality of answers: their names, the best first, with the grades of all names."""
    figures = [
        (ndcg(names, grades), reciprocal_rank(names, grades), recall(names, grades))
        + (not names,)
        for names, grades in answers
    ]
    count = len(figures)
    return Quality(
        count, *(sum(column) / count for column in zip(*figures, strict=True))
    )


def qualities(
    engine: Engine, queries: list[Query], words: Mapping[str, str] = WORDS
) -> dict[str, Quality]:
    """The quality for each kind of query, and for `all` of them."""
    pairs = [
        (query.kind, (answers(engine, query.text, words), query.grades))
        for query in queries
    ]
    kinds = dict.fromkeys(query.kind for query in queries)
    return {
        kind: measure(pair for each, pair in pairs if kind in ("all", each))
        for kind in (*kinds, "all")
    }
