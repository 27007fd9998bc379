"""The questions of tests/conformance/relevance, and how well an engine answers them.

`questions.tsv` says how they were made and judged. The peer is BM25 (Lucene's formula)
over the same texts, cut by jieba: what search is without any knowledge of the domain.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass

import bm25s
import rjieba

from ckanext.gpo.catalogue import document as catalogue
from ckanext.gpo.catalogue import reference
from ckanext.gpo.common.tables import DOMAINS, tables
from ckanext.gpo.search.engine import Engine

from bench import relevance

DEPTH = 20
"""Answers that count for recall: one page."""

PARTS = ("dev", "held")
"""The questions that may be looked at while the search is worked on, and the others."""

Ask = Callable[[str], list[str]]
"""The names of the best answers to a question, best first."""


@dataclass(frozen=True)
class Text:
    """Something that may answer a question."""

    name: str
    title: str
    notes: str = ""
    columns: str = ""


@dataclass(frozen=True)
class Question:
    part: str
    kind: str
    text: str
    grades: dict[str, int]


def texts() -> list[Text]:
    """Articles of laws, notices, datasets, and our own tables and disclosure items."""
    return [
        *(Text(*row) for row in relevance.rows("texts.tsv", 3)),
        *(
            Text(title.name, title.plain)
            for title in relevance.titles()
            if title.name.startswith("official")
        ),
        *(
            Text(ref, table.title, table.description, catalogue.columns(table))
            for ref, table in tables().items()
        ),
        *(
            Text(
                f"{domain}#{item['seq']}",
                item["item_l2"],
                "、".join(item["content_elements"]),
            )
            for domain in DOMAINS
            for item in reference.items(domain)
        ),
    ]


def questions() -> list[Question]:
    return [
        Question(part, kind, text, _grades(names))
        for part, kind, text, *names in relevance.rows("questions.tsv", 6)
    ]


def _grades(names: list[str]) -> dict[str, int]:
    return {
        name: grade
        for grade, listed in zip(relevance.GRADES, names, strict=True)
        for name in listed.split()
    }


def ours(engine: Engine, corpus: Iterable[Text]) -> Ask:
    """Our engine with one document a text, asked as `package_search` asks it."""
    engine.add(
        [
            relevance.document(
                text.name, text.title, notes=text.notes, extras_columns=text.columns
            )
            for text in corpus
        ],
        commit=True,
    )
    return lambda question: relevance.answers(engine, question, relevance.WORDS, DEPTH)


def bm25(corpus: list[Text]) -> Ask:
    """The peer over the same texts."""
    cut = rjieba.Jieba().cut_for_search  # an instance that knows none of our words
    retriever = bm25s.BM25(method="lucene")
    retriever.index(
        [cut(f"{text.title} {text.notes} {text.columns}".lower()) for text in corpus],
        show_progress=False,
    )

    def ask(question: str) -> list[str]:
        places, scores = retriever.retrieve(
            [cut(question.lower())], k=DEPTH, show_progress=False
        )
        best = zip(places[0], scores[0], strict=True)
        return [corpus[place].name for place, score in best if score > 0]

    return ask


def quality(questions: Iterable[Question], ask: Ask) -> relevance.Quality:
    return relevance.measure((ask(q.text), q.grades) for q in questions)
