"""What people ask in sentences is answered, and better than BM25 alone would."""

from __future__ import annotations

import re

import pytest

from ckanext.gpo.search.engine import Engine

from bench import questions, relevance

FLOORS = {"law": 0.6, "dataset": 0.75, "table": 0.7, "notice": 0.65}
"""nDCG@10 of each kind that no change may fall below."""


@pytest.fixture(scope="module")
def corpus() -> list[questions.Text]:
    return questions.texts()


@pytest.fixture(scope="module")
def asked() -> list[questions.Question]:
    return questions.questions()


@pytest.fixture(scope="module")
def ours(corpus, tmp_path_factory) -> questions.Ask:
    return questions.ours(Engine(tmp_path_factory.mktemp("questions")), corpus)


@pytest.fixture(scope="module")
def peer(corpus) -> questions.Ask:
    return questions.bm25(corpus)


def test_the_set_is_large_and_its_answers_are_there(corpus, asked):
    names = {text.name for text in corpus}
    assert len(names) == len(corpus)
    assert len({question.text for question in asked}) == len(asked) >= 120
    for question in asked:
        assert set(question.grades) <= names, question.text
        assert 3 in question.grades.values(), question.text


def test_no_question_repeats_the_title_of_its_answer(corpus, asked):
    titles = {text.name: text.title for text in corpus}
    for question in asked:
        for name, grade in question.grades.items():
            if grade == 3:
                told = re.sub(r"\W", "", titles[name])
                assert told not in question.text, question.text
                assert question.text not in told, question.text


@pytest.mark.parametrize("part", questions.PARTS)
def test_questions_are_answered_at_least_as_well_as_by_bm25(asked, ours, peer, part):
    chosen = [question for question in asked if question.part == part]
    assert len(chosen) >= 60
    mine = questions.quality(chosen, ours)
    theirs = questions.quality(chosen, peer)
    assert mine.ndcg >= theirs.ndcg
    assert mine.recall >= theirs.recall


@pytest.mark.parametrize("kind", FLOORS)
def test_questions_of_a_kind_are_answered_well(asked, ours, kind):
    chosen = [question for question in asked if question.kind == kind]
    assert questions.quality(chosen, ours).ndcg >= FLOORS[kind]


def test_every_kind_has_its_floor(asked):
    assert set(FLOORS) == {question.kind for question in asked}


def test_the_measure_of_recall():
    grades = {"best": 3, "good": 2, "near": 1}
    assert relevance.recall(["best", "near"], grades) == 0.5
    assert relevance.recall(["good", "best"], grades) == 1.0
    assert relevance.recall([], grades) == 0.0
