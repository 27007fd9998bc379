"""What a person types into the search box, and what it finds, best first."""

from __future__ import annotations

import pytest

from ckanext.gpo.search.errors import QueryError

FOOD = "food-licences"
SUPERVISION = "food-supervision"
EIA = "eia-approvals"
EXPENSES = "three-public-expenses"
RECYCLING = "recycling"


@pytest.mark.parametrize(
    ("query", "names"),
    [
        ("食品", {FOOD, SUPERVISION}),
        ("药品", {SUPERVISION}),
        ("许可", {FOOD}),
        ("经营许可", {FOOD}),
        ("天宁", {FOOD}),
        ("评价", {EIA}),
        ("评", {EIA}),
        ("天宁区食品", {FOOD}),
        ("食品药品", {SUPERVISION}),
        ("决算", {EXPENSES}),
        ("不存在的词语组合", set()),
    ],
)
def test_chinese_words_of_one_two_and_more_characters(found, query, names):
    assert set(found(query)) == names


@pytest.mark.parametrize(
    ("query", "name"),
    [
        ("食药监", SUPERVISION),
        ("食品药品监管", SUPERVISION),
        ("环评", EIA),
        ("EIA", EIA),
        ("三公经费", EXPENSES),
        ("市监局", FOOD),
    ],
)
def test_abbreviations_find_what_they_stand_for(found, query, name):
    assert name in found(query)


@pytest.mark.parametrize(
    ("query", "name"),
    [
        ("csv", EXPENSES),
        ("ＣＳＶ", EXPENSES),
        ("２０２５", EXPENSES),
        ("PUBLIC", EXPENSES),
        ("expense", EXPENSES),
        ("reception", EXPENSES),
        ("wifi", EXPENSES),
        ("wi-fi", EXPENSES),
        ("opendata", EXPENSES),
        ("open", EXPENSES),
        ("〔2026〕42号", EIA),
        ("(2026)42号", EIA),
    ],
)
def test_width_case_stems_and_joined_words(found, query, name):
    assert found(query)[0] == name


def test_a_word_counts_more_than_the_same_characters_across_words(found):
    """环保 is cut out of 环境保护 by synonyms of offices only, out of 循环保障 never as a
    word; its characters stand there, so it is found, but last."""
    assert found("环保")[-1:] == [RECYCLING]


def test_title_counts_more_than_notes(found):
    assert found("食品 许可")[0] == FOOD


@pytest.mark.parametrize(
    ("query", "names"),
    [
        ("食品 -药品", {FOOD}),
        ("+食品 +药品", {SUPERVISION}),
        ("食品 NOT 药品", {FOOD}),
        ("许可 OR 审批", {FOOD, EIA}),
        ("许可 AND 审批", set()),
        ("-食品", {EIA, EXPENSES, RECYCLING}),
        ('"食品药品安全"', {SUPERVISION}),
        ('"安全食品"', set()),
        ('"食品', {FOOD, SUPERVISION}),
        ("food-licences", {FOOD}),
        ("*", {FOOD, SUPERVISION, EIA, EXPENSES, RECYCLING}),
    ],
)
def test_signs_of_the_search_box(found, query, names):
    assert set(found(query)) == names


@pytest.mark.parametrize(
    ("query", "names"),
    [
        ("食品 --药品", {SUPERVISION}),
        ("食品 - ", {FOOD, SUPERVISION}),
        ("食品 + 药品", {SUPERVISION}),
        ("+食品 药品", {SUPERVISION}),
        ("食品 & 药品", {SUPERVISION}),
    ],
)
def test_signs_that_say_nothing_are_forgiven(found, query, names):
    assert set(found(query)) == names


@pytest.mark.parametrize(
    "query",
    [
        "--食品",
        "+",
        "-",
        "+ -",
        "AND",
        "OR 食品",
        "食品 AND",
        "NOT",
        "a OR OR b",
        "食" * 9000,
    ],
)
def test_operators_without_words_are_query_errors(found, query):
    with pytest.raises(QueryError):
        found(query)


def test_two_of_three_words_are_enough_and_one_is_not(found):
    """CKAN's `mm`: all of two words, all but one of three."""
    assert found("食品 经营 环境") == [FOOD]
    assert found("食品 环境 汽车") == []


@pytest.mark.parametrize(
    ("query", "names"),
    [
        ("title:食品 OR title:审批", {FOOD, SUPERVISION, EIA}),
        ("食品 organization:scjg -药品", {FOOD}),
        ("(食品 OR", {FOOD, SUPERVISION}),
    ],
)
def test_edismax_reads_lucene_and_falls_back_to_words(found, query, names):
    assert set(found(query, defType="edismax", mm="100%")) == names
