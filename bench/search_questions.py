"""`questions_*`: how well questions are answered, beside BM25 with jieba on the same texts.

`[dev]` and `[held]` are the two halves of the set, see questions.tsv; the others its kinds.
"""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from pathlib import Path

from ckanext.gpo.search.engine import Engine

from bench import questions
from bench.figure import Figure

PEER = "BM25 with jieba (bm25s)"


def figures() -> Iterator[Figure]:
    corpus = questions.texts()
    all_questions = questions.questions()
    groups = {
        **{
            part: [q for q in all_questions if q.part == part]
            for part in questions.PARTS
        },
        **{
            kind: [q for q in all_questions if q.kind == kind]
            for kind in _kinds(all_questions)
        },
        "all": all_questions,
    }
    with tempfile.TemporaryDirectory(prefix="gpo-bench-") as folder:
        ours = questions.ours(Engine(Path(folder)), corpus)
        peer = questions.bm25(corpus)
        for name, group in groups.items():
            mine = questions.quality(group, ours)
            theirs = questions.quality(group, peer)
            yield _figure(f"questions_ndcg[{name}]", mine.ndcg, theirs.ndcg, len(group))
            yield _figure(
                f"questions_recall[{name}]", mine.recall, theirs.recall, len(group)
            )


def _kinds(all_questions: list[questions.Question]) -> list[str]:
    return list(dict.fromkeys(question.kind for question in all_questions))


def _figure(name: str, value: float, peer_value: float, n: int) -> Figure:
    ratio = round(value / peer_value, 2)
    return Figure(name, round(value, 3), "of 1", PEER, round(peer_value, 3), ratio, n)
