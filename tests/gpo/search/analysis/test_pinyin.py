"""How characters are read, and how letters are read as pinyin."""

from __future__ import annotations

import pytest

from ckanext.gpo.search.analysis import pinyin


def test_characters_with_several_readings_are_found_by_each():
    assert {"hui", "kuai"} <= set(pinyin.readings("会"))
    assert "lv" in pinyin.readings("绿")
    assert pinyin.readings("A") == ()


def test_a_word_is_heard_as_syllables_initials_and_whole():
    heard = pinyin.tokens("财政", [("财政", 0)])
    assert {("cai", 0), ("zheng", 1), (".cz", 0), ("=caizheng", 0)} <= set(heard)


def test_initials_reach_over_punctuation_but_not_over_other_words():
    assert (".gj", 0) in pinyin.tokens("公经", [])
    assert not [t for t, _ in pinyin.tokens(["公", "", "经"], []) if t == ".gj"]


@pytest.mark.parametrize(
    ("word", "first"),
    [
        ("caizheng", ("cai", "zheng")),
        ("huanping", ("huan", "ping")),
        ("nv", ("nv",)),
        ("XUKE", ("xu", "ke")),
    ],
)
def test_letters_are_read_as_pinyin(word, first):
    assert pinyin.splits(word)[0] == first


def test_every_way_to_read_is_tried():
    assert {("xian",), ("xi", "an")} <= set(pinyin.splits("xian"))


@pytest.mark.parametrize("word", ["budget", "csv", "a" * 41, ""])
def test_other_words_are_no_pinyin(word):
    assert not any(pinyin.splits(word))


def test_many_ways_to_read_take_no_time():
    assert len(pinyin.splits("an" * 20)) <= pinyin.MAX_SPLITS


@pytest.mark.parametrize(
    ("syllable", "others"),
    [
        ("zhen", {"zen", "zheng"}),
        ("si", {"shi"}),
        ("lan", {"nan", "lang"}),
        ("fei", {"hei"}),
        ("ai", set()),
        ("a", set()),
    ],
)
def test_syllables_that_sound_alike(syllable, others):
    assert set(pinyin.confusable_syllables(syllable)) == others


def test_one_syllable_is_confused_at_a_time():
    assert set(pinyin.confusable_readings(("cai", "zheng"))) == {
        ("chai", "zheng"),
        ("cai", "zeng"),
        ("cai", "zhen"),
    }


def test_a_last_syllable_may_be_half_typed():
    assert pinyin.half_splits("caizh") == [("cai", "zh")]
    assert ("jiao", "tong", "shi", "g") in pinyin.half_splits("jiaotongshig")
    assert pinyin.half_splits("vv") == pinyin.half_splits("x" * 41) == []
