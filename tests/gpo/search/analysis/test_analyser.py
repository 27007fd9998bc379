"""How texts are cut: characters, words, positions."""

from __future__ import annotations

import pytest

from ckanext.gpo.search.analysis.analyser import PAIR, Analyser, ngrams, split_word
from ckanext.gpo.search.analysis.folding import fold
from ckanext.gpo.search.analysis.segmenter import Segmenter
from ckanext.gpo.search.analysis.words import (
    domain_segmenter,
    domain_synonyms,
    lines,
    read_synonyms,
    resource,
)
from ckanext.gpo.search.index.solr_schema import Style

PLAIN = Style()
ENGLISH = Style(stem=True, split_case=True)


@pytest.fixture(scope="module")
def analyser():
    synonyms = domain_synonyms()
    return Analyser(domain_segmenter(synonyms), synonyms)


def test_words_lie_over_their_characters(analyser):
    tokens = analyser.index_tokens("食品药品监管", PLAIN)
    assert [t for t in tokens if len(t[0]) == 1] == [
        (char, i) for i, char in enumerate("食品药品监管")
    ]
    assert {("食品", 0), ("药品", 2), ("监管", 4), ("食品药品监管", 0)} <= set(tokens)


def test_positions_never_go_back(analyser):
    text = "2026年Wi-Fi覆盖 OpenData平台、“三公”经费 a-b-c-1-2"
    positions = [position for _, position in analyser.index_tokens(text, ENGLISH)]
    assert positions == sorted(positions)


@pytest.mark.parametrize(
    ("text", "style", "words"),
    [
        ("Wi-Fi", PLAIN, {"wi", "fi", "wifi"}),
        ("OpenData", PLAIN, {"opendata"}),
        ("OpenData", ENGLISH, {"open", "data", "opendata"}),
        ("floods", PLAIN, {"floods"}),
        ("floods", ENGLISH, {"flood"}),
        ("naïve café", ENGLISH, {"naiv", "cafe"}),
        ("it's", ENGLISH, {"it"}),
        ("2024-01", PLAIN, {"2024", "01", "202401"}),
        ("ＡＢ１２", PLAIN, {"ab", "12"}),
        (
            "http://data.example/a_b",
            PLAIN,
            {"http", "data", "example", "a", "b", "httpdataexampleab"},
        ),
        ("„…” — !?", PLAIN, set()),
        ("", PLAIN, set()),
    ],
)
def test_other_scripts(analyser, text, style, words):
    assert {text for text, _ in analyser.index_tokens(text, style)} == words


def test_chinese_between_words_keeps_them_apart(analyser):
    texts = {text for text, _ in analyser.index_tokens("A级B类", PLAIN)}
    assert {"a", "级", "b", "类"} <= texts
    assert "ab" not in texts


def pairs(text: str, position: int = 0) -> list[tuple[str, int]]:
    """What pairs of neighbours look like in the index."""
    return [(PAIR + text[at : at + 2], position + at) for at in range(len(text) - 1)]


def test_pairs_reach_over_punctuation_but_not_over_other_words(analyser):
    tokens = analyser.index_tokens("“三公” 经费A类", PLAIN)
    marked = [token for token in tokens if token[0].startswith(PAIR)]
    assert marked == pairs("三公经费")


def test_a_phrase_is_cut_as_the_index_is(analyser):
    wanted = [*pairs("三公经费"), ("2025", 4)]
    assert analyser.phrase_tokens("“三公”经费 2025", PLAIN) == wanted
    tokens = analyser.index_tokens("“三公”经费 2025", PLAIN)
    assert set(wanted) <= set(tokens)


def test_what_may_stand_apart_is_no_pair(analyser):
    assert analyser.phrase_tokens("食品 监", PLAIN, loosely=True) == [
        ("食", 0),
        ("品", 1),
        ("监", 2),
    ]


def test_units_of_a_query(analyser):
    (unit,) = analyser.units("食品药品监管", PLAIN)
    assert unit.pairs == tuple(pair for pair, _ in pairs("食品药品监管"))
    assert unit.parts == ("食品", "药品", "监管")
    assert "食药监" in unit.synonyms
    assert [unit.text for unit in analyser.units("天宁区EIA报告", PLAIN)] == [
        "天宁区",
        "eia",
        "报告",
    ]
    (single,) = analyser.units("评", PLAIN)
    assert single.pairs == ()


@pytest.mark.parametrize(
    ("text", "pieces"),
    [
        ("天宁区2024年", ["天宁区", "2024", "年"]),
        ("食品、药品", ["食品", "药品"]),
        ("second-record", ["second-record"]),
        ("!!!", []),
    ],
)
def test_pieces_that_count_as_words_of_a_query(analyser, text, pieces):
    assert analyser.pieces(text) == pieces


def test_ngrams_are_pairs_with_blanks():
    assert ngrams("Ａb c") == [("ab", 0), ("b ", 1), (" c", 2)]
    assert ngrams("a") == []


def test_split_word():
    assert split_word("WiFi6", split_case=True) == ["Wi", "Fi", "6"]
    assert split_word("WiFi6", split_case=False) == ["WiFi", "6"]
    assert split_word("XMLHttp", split_case=True) == ["XMLHttp"]


def test_fold():
    assert fold("ＣＳＶ（１）") == "CSV(1)"


def test_the_words_of_the_domain_are_words(analyser):
    for word in lines(resource("dictionary.txt")):
        if word.isalpha() and not word.isascii() and "A" not in word:
            assert analyser.segmenter.cut(word) == [word]


def test_parts_cover_long_words_only():
    segmenter = Segmenter()
    assert segmenter.parts("监管") == ()
    assert segmenter.parts("安全监管") == ("安全", "监管")


def test_synonyms_file():
    synonyms = read_synonyms("# comment\n\nEIA, 环评 ,环境影响评价\n")
    assert synonyms.lookup("eia") == ("环评", "环境影响评价")
    assert synonyms.lookup("环评") == ("EIA", "环境影响评价")
    assert synonyms.lookup("食品") == ()
