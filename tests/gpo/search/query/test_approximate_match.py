"""What is found when a word as typed is found nowhere."""

from __future__ import annotations

import pytest

from ..conftest import document

FOOD = "food-licences"
SUPERVISION = "food-supervision"
EIA = "eia-approvals"
EXPENSES = "three-public-expenses"


@pytest.mark.parametrize(
    ("query", "name"),
    [
        ("shipin jingying", FOOD),
        ("shipinjingyingxuke", FOOD),
        ("spjyxk", FOOD),
        ("tianning 许可", FOOD),
        ("食品金营", FOOD),
        ("食品经菅许可", FOOD),
        ("食品营经许可", FOOD),
        ("食经营许可", FOOD),
        ("huanjing yingxiang", EIA),
        ("hj yx pj", EIA),
        ("recepton", EXPENSES),
        ("huangjing", EIA),
        ("缓境", EIA),
        ("sgjf", EXPENSES),
        ("環境影響評價", EIA),
        ("怎么申请食品经营许可证？", FOOD),
    ],
)
def test_by_sound_with_a_slip_or_in_a_sentence(found, query, name):
    assert found(query, partial=True)[0] == name


@pytest.mark.parametrize("query", ["xyzzy", "tiankong", "qq", "汽车尾气 摩托", "zz9"])
def test_what_is_nowhere_near_is_not_found(found, query):
    assert found(query) == []


def test_what_was_typed_is_never_outranked_by_what_sounds_like_it(engine):
    engine.add(
        [
            document(0, {"name": "heard", "title": "财证财证财证公开"}),
            document(1, {"name": "typed", "title": "关于本区财政情况的一个说明"}),
        ],
        commit=True,
    )
    answer = engine.search("财政", {"defType": "dismax", "qf": "title", "fl": "name"})
    assert answer["response"]["docs"] == [{"name": "typed"}]


def test_a_word_comes_before_characters_of_two_words_that_sound_alike(engine):
    engine.add(
        [
            document(0, {"name": "across", "title": "公办市，地重划区"}),
            document(1, {"name": "word", "title": "重要湿地名录一览资料"}),
        ],
        commit=True,
    )
    answer = engine.search("shidi", {"defType": "dismax", "qf": "title", "fl": "name"})
    assert answer["response"]["docs"] == [{"name": "word"}, {"name": "across"}]


def test_filters_hold_for_what_is_found_loosely(found):
    assert found("shipin", fq="organization:czj") == []
    assert set(found("shipin", fq="organization:scjg")) == {FOOD, SUPERVISION}


def test_what_must_not_occur_does_not(found):
    assert found("shipin -药品") == [FOOD]


def test_who_asks_precisely_gets_no_guess(found):
    assert found("title:shipin") == []
    assert found("shipin", defType="edismax") == []


def test_a_long_query_is_not_asked_again(found):
    assert found(" ".join(["shipin"] * 9)) == []
