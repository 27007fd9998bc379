"""What a word was probably meant to be, from texts alone."""

from __future__ import annotations

import pytest

from ckanext.gpo.search.analysis.words import domain_segmenter, domain_synonyms
from ckanext.gpo.search.suggest.corrections import corrections

TEXTS = [
    "天宁区财政预算",
    "财政收支统计",
    "食品经营许可信息",
    "道路交通事故统计",
    "公共法律援助案件",
    "Public hotspots by Google",
    "现场检查记录",
    "“三公”经费支出",
]


@pytest.fixture(scope="module")
def segmenter():
    return domain_segmenter(domain_synonyms())


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("财证", "财政"),  # the same sound
        ("发律", "法律"),
        ("食品经菅许可", "食品经营许可"),  # another character
        ("食品许经营可", None),
        ("食品营经许可", "食品经营许可"),  # exchanged
        ("食经营许可", "食品经营许可"),  # missing
        ("食品经经营许可", "食品经营许可"),  # too many
        ("caizheng", "财政"),
        ("jiaotongshig", "交通事故"),
        ("jtsg", "交通事故"),
        ("caizhen", "财政"),  # z and zh, n and ng, l and n
        ("caizeng", "财政"),
        ("财真", "财政"),
        ("farv yuanzu", None),
        ("falvyuanzu", "法律援助"),
        ("caizhegn", "财政"),  # slips of the keyboard
        ("hostpots", "hotspots"),
        ("gogle", "google"),
        ("三工经费", "三公经费"),
        ("飞船", None),
        ("xyzzy", None),
    ],
)
def test_the_likeliest(segmenter, typed, meant):
    found = corrections(typed, TEXTS, segmenter)
    assert (found[0] if found else None) == meant


def test_what_is_there_is_no_guess(segmenter):
    assert "财政" not in corrections("财政", TEXTS, segmenter)


def test_two_characters_of_two_words_are_no_guess(segmenter):
    """预算|财 sounds like nothing that anybody types."""
    assert corrections("区才", ["天宁区财政预算"], segmenter) == []


def test_more_often_comes_first(segmenter):
    texts = ["理事名单", "历史沿革", "历史资料"]
    assert corrections("力使", texts, segmenter) == ["历史", "理事"]
