"""How exactly results fit: what has all words, what has some of them, what is guessed."""

from __future__ import annotations

from typing import Any

import pytest

from ckanext.gpo.search.engine import Engine
from ckanext.gpo.search.errors import QueryError
from ckanext.gpo.search.scoring.ranking import FULL_PAGE

from bench.relevance import CKAN_WORDS

from ..conftest import document

Answer = dict[str, Any]


def ask(engine: Engine, q: str, **params: Any) -> Answer:
    return engine.search(q, {**CKAN_WORDS, "fl": "name", "rows": 100, **params})


def names(answer: Answer) -> list[str]:
    return [doc["name"] for doc in answer["response"]["docs"]]


def tiers(answer: Answer) -> dict[str, int]:
    return {tier["match"]: tier["count"] for tier in answer["tiers"]}


@pytest.fixture(scope="module")
def index(tmp_path_factory) -> Engine:
    titles = {
        "both": "公共图书馆的开放时间",
        "library": "公共图书馆名录",
        "hours": "政务大厅的开放时间",
        "notary": "公证服务收费标准",
        "food": "餐饮服务单位监督检查结果",
        "finance": "财政预算",
        **{f"other-{n}": f"公共信息第{n}号" for n in range(2 * FULL_PAGE)},
    }
    engine = Engine(tmp_path_factory.mktemp("tiers"))
    engine.add(
        [
            document(n, {"name": name, "title": title})
            for n, (name, title) in enumerate(titles.items())
        ]
        + [
            document(
                900,
                {
                    "name": "secret",
                    "title": "公共图书馆的藏书",
                    "permission_labels": ["creator-1"],
                },
            )
        ],
        commit=True,
    )
    return engine


PUBLIC = {"fq": '+permission_labels:("public")'}


def test_results_with_all_words_come_before_those_with_some(index):
    answer = ask(index, "图书馆 开放时间", **PUBLIC)
    assert names(answer)[0] == "both"
    assert set(names(answer)[1:3]) == {"library", "hours"}
    assert tiers(answer)["full"] == 1
    assert sum(tiers(answer).values()) == answer["response"]["numFound"]


@pytest.mark.parametrize(
    ("question", "name"),
    [
        ("公证费多少钱", "notary"),
        ("哪些饭店卫生不合格", "food"),
        ("图书馆周末几点开门啊", "both"),
    ],
)
def test_a_sentence_finds_what_no_text_has_word_for_word(index, question, name):
    assert name in names(ask(index, question, **PUBLIC))[:3]


def test_words_that_only_make_a_question_find_nothing_by_themselves(index):
    answer = ask(index, "请问 怎么办 开放时间")
    assert set(names(answer)) == {"both", "hours"}


def test_rare_words_count_for_more_than_common_ones(index):
    answer = ask(index, "公共 餐饮 大会", **PUBLIC)
    assert names(answer)[0] == "food"


@pytest.mark.parametrize("sort", ["score desc", "title_string asc"])
@pytest.mark.parametrize("rows", [1, 2, 7])
def test_pages_one_behind_the_other_are_the_whole_answer(index, sort, rows):
    params = {**PUBLIC, "sort": f"{sort}, name asc"}
    whole = ask(index, "公共 图书馆 开放时间", **params)
    total = whole["response"]["numFound"]
    paged: list[str] = []
    for start in range(0, total, rows):
        page = ask(
            index, "公共 图书馆 开放时间", **params | {"start": start, "rows": rows}
        )
        assert page["response"]["numFound"] == total
        assert page["tiers"] == whole["tiers"]
        paged += names(page)
    assert paged == names(whole)
    assert len(paged) == len(set(paged)) == total


def test_facets_count_the_results_of_all_tiers(index):
    answer = ask(
        index,
        "图书馆 开放时间",
        **PUBLIC,
        **{"facet": "true", "facet.field": ["state"], "facet.mincount": 1},
    )
    counts = answer["facet_counts"]["facet_fields"]["state"]
    assert counts == ["active", answer["response"]["numFound"]]


def test_filters_hold_in_every_tier(index):
    for question in ("图书馆 开放时间", "图书馆 藏书", "tushuguan 藏书", "藏书"):
        assert "secret" not in names(ask(index, question, **PUBLIC))
    assert "secret" in names(ask(index, "图书馆 藏书"))


def test_what_must_or_must_not_be_there_is_kept(index):
    assert "library" not in names(ask(index, "图书馆 开放时间 -名录", **PUBLIC))
    found = names(ask(index, "+开放时间 图书馆 监督", **PUBLIC))
    assert set(found) == {"both", "hours"}


def test_a_full_page_needs_no_more(index):
    assert set(tiers(ask(index, "公共 信息"))) == {"full"}


def test_guesses_are_told(index):
    answer = ask(index, "财证", **PUBLIC)
    assert names(answer) == ["finance"]
    assert set(tiers(answer)) == {"full", "phonetic"}
    assert answer["guessed"] is True


def test_a_word_that_is_there_is_not_taken_for_one_that_sounds_alike(engine):
    engine.add(
        [
            document(0, {"name": "notary", "title": "公证处名录"}),
            document(1, {"name": "fair", "title": "公正司法的经费"}),
        ],
        commit=True,
    )
    answer = ask(engine, "公证 经费")
    assert "phonetic" not in tiers(answer)


def test_one_character_off_is_the_last_resort(engine):
    engine.add([document(0, {"name": "map", "title": "幼儿园分布图"})], commit=True)
    assert tiers(ask(engine, "幼童园")) == {"full": 0, "typo": 1}
    assert tiers(ask(engine, "幼童园 分布图 名册")) == {"full": 0, "partial": 1}


def test_chosen_tiers_are_asked_for_whatever_is_found(index):
    assert set(tiers(ask(index, "图书馆 开放时间", **{"gpo.tiers": "full"}))) == {
        "full"
    }
    wide = tiers(ask(index, "公共 信息", **{"gpo.tiers": "full partial"}))
    assert wide["full"] == 2 * FULL_PAGE
    assert wide["partial"] > 0
    with pytest.raises(QueryError):
        ask(index, "公共", **{"gpo.tiers": "best"})


def test_a_long_text_is_asked_for_by_its_beginning(index):
    assert names(ask(index, "图书馆开放时间" + "无关的话" * 500, **PUBLIC))
