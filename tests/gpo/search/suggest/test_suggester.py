"""Suggestions from an index: what is meant by what is typed, and what may be seen."""

from __future__ import annotations

import random
import string

import pytest

from ckanext.gpo.search.analysis.analyser import Analyser
from ckanext.gpo.search.analysis.words import domain_segmenter, domain_synonyms
from ckanext.gpo.search.suggest.names import name_of
from ckanext.gpo.search.suggest.suggester import Entry, Public, Suggester
from ckanext.gpo.search.suggest.typed_query import TypedQuery

from ..conftest import KINDS, document

PUBLIC = Public("here", ("public",), KINDS)

ENTRIES = [
    Entry("organization", "scjg", "常州市天宁区市场监督管理局"),
    Entry("organization", "czj", "常州市天宁区财政局"),
    Entry("group", "food_drug", "食品药品监管", "Food and drug regulation"),
    Entry("group", "budget", "财政预决算", "Budgets and final accounts"),
]

DATASETS = [
    ("food-licences", "食品经营许可信息", {"tags": ["许可"]}),
    ("food-checks", "食品安全抽检结果", {"tags": ["抽检"]}),
    ("accidents", "道路交通事故统计", {}),
    ("eia", "建设项目环境影响评价审批", {"extras_res_code": "306001/000042"}),
    ("chongqing", "重庆对口支援资金", {}),
    ("opinion", "关于政务公开的意见（国办发〔2017〕42号）", {}),
    ("wifi", "公共场所 Wi-Fi 热点", {"extras_title_en": "Public hotspots"}),
    ("expenses", "“三公”经费支出", {}),
    ("culture_venues", "公共文化机构免费开放信息", {}),
]

ITEM = ("item", "财政预算公开事项", {"dataset_type": "disclosure-item"})


@pytest.fixture(scope="module")
def index(tmp_path_factory):
    from ckanext.gpo.search.engine import Engine

    engine = Engine(tmp_path_factory.mktemp("suggester"))
    documents = [
        document(number, {"name": name, "title": title, **more})
        for number, (name, title, more) in enumerate([*DATASETS, ITEM])
    ]
    engine.add(documents, commit=True)
    return engine


@pytest.fixture
def suggest(index):
    def ask(text, limit=8):
        return Suggester(index.state(), PUBLIC).suggest(text, ENTRIES, limit)

    return ask


def marked(suggestion):
    title = suggestion.entry.title
    return [title[start:end] for start, end in suggestion.marks]


@pytest.mark.parametrize(
    ("typed", "name", "marks"),
    [
        # the beginning, the middle, half a word
        ("食品经营", "food-licences", ["食品经营"]),
        ("许可信息", "food-licences", ["许可信息"]),
        ("通事故", "accidents", ["通事故"]),
        ("抽检 食品", "food-checks", ["食品", "抽检"]),
        # abbreviations and other words, also not typed to their end
        ("食药监", "food_drug", ["食品药品监管"]),
        ("食药", "food_drug", ["食品药品监管"]),
        ("环评", "eia", ["环境影响评价"]),
        # pinyin, whole and half, initials
        ("caizheng", "budget", ["财政"]),
        ("caizh", "budget", ["财政"]),
        ("cai zheng ju", "czj", ["财政局"]),
        ("jiaotongshig", "accidents", ["交通事故"]),
        ("czj", "czj", ["财政局"]),
        ("jtsg", "accidents", ["交通事故"]),
        ("chongq", "chongqing", ["重庆"]),
        ("zhongq", "chongqing", ["重庆"]),
        # scripts mixed, traditional characters, width, case
        ("食品anquan", "food-checks", ["食品安全"]),
        ("環境影響", "eia", ["环境影响"]),
        ("ＷＩ－ＦＩ", "wifi", ["Wi-Fi"]),
        ("wi", "wifi", ["Wi"]),
        # numbers, codes, English
        ("国办发2017", "opinion", ["国办发", "2017"]),
        ("国办发[2017]42号", "opinion", ["国办发", "2017", "42号"]),
        ("国办发2017年第42号", "opinion", ["国办发", "2017", "42"]),
        ("sangong", "expenses", ["三公"]),
        ("sgjf", "expenses", ["三公”经费"]),
        ("国办发〔二〇一七〕", "opinion", ["国办发", "2017"]),
        ("306001/0000", "eia", []),
        ("culture_ven", "culture_venues", []),
        ("hotsp", "wifi", []),
        ("food reg", "food_drug", []),
    ],
)
def test_what_is_meant_comes_first(suggest, typed, name, marks):
    found = suggest(typed)
    assert found[0].entry.name == name
    assert marked(found[0]) == marks


@pytest.mark.parametrize("typed", ["", "  ", "？！", "汽车尾气", "xyzzy", "2016"])
def test_what_is_nowhere_is_not_suggested(suggest, typed):
    assert suggest(typed) == []


def test_closer_meanings_come_before_others(suggest):
    """A name that begins so, one that holds it, one that only sounds so."""
    titles = [suggestion.entry.title for suggestion in suggest("财政")]
    assert titles == ["财政预决算", "财政预算公开事项", "常州市天宁区财政局"]


def test_a_department_is_known_without_its_place(suggest):
    """常州 would be cz, and all departments begin with it."""
    [first, second] = [s for s in suggest("cz") if s.entry.kind == "organization"]
    assert (first.entry.name, marked(first)) == ("czj", ["财政"])
    assert (second.entry.name, marked(second)) == ("scjg", ["常州"])
    assert suggest("财政局")[0].entry.name == "czj"
    assert marked(suggest("常州市天宁区财政")[0]) == ["常州市天宁区财政"]


def test_all_kinds_and_each_once(suggest):
    found = suggest("公")
    assert {suggestion.entry.kind for suggestion in found} == {
        "dataset",
        "disclosure-item",
    }
    addresses = [(s.entry.kind, s.entry.name) for s in found]
    assert len(set(addresses)) == len(addresses)
    assert suggest("许可")[0].entry == Entry("tag", "许可", "许可")


def test_at_most_half_are_of_one_kind(suggest):
    assert len([s for s in suggest("公", 4) if s.entry.kind == "dataset"]) == 2
    assert len(suggest("公", 1)) == 1


def test_marks_lie_inside_the_title_whatever_is_typed(suggest):
    chance = random.Random(7)
    letters = (
        "财政食品药监公开信息〔〕（）２号第十年" + string.printable + "\ud800\x00é🜁"
    )
    for _ in range(400):
        typed = "".join(chance.choices(letters, k=chance.randrange(1, 9)))
        for suggestion in suggest(typed):
            last = 0
            for start, end in suggestion.marks:
                assert last <= start < end <= len(suggestion.entry.title), typed
                last = end


@pytest.mark.parametrize(
    "typed",
    [
        "a" * 10_000,
        "财" * 10_000,
        "ni hao " * 2_000,
        "a b c d " * 99,
        ".*" * 50,
        "\\",
        "'",
    ],
)
def test_any_length_is_answered(suggest, typed):
    assert suggest(typed) == []


def test_characters_with_many_readings_are_gone_through_once():
    """着 has three readings with the same letter: 3 to the 40th ways, if all are tried."""
    synonyms = domain_synonyms()
    wanted = TypedQuery("z" * 40 + "x", Analyser(domain_segmenter(synonyms), synonyms))
    assert wanted.fit(name_of("着" * 60)) is None


LABELS = ["public", "creator-a", "member-b"]


@pytest.mark.parametrize("seed", range(10))
def test_only_what_is_public(tmp_path, seed):
    """The same as from an index that holds nothing else."""
    from ckanext.gpo.search.engine import Engine

    chance = random.Random(seed)
    words = ["财政", "食品", "环境", "交通", "事故", "安全", "许可", "文化", "活动"]
    documents = [
        document(
            number,
            {
                "name": f"set-{number}",
                "title": "".join(chance.sample(words, 3)),
                "tags": [chance.choice(words) + chance.choice(words)],
                "permission_labels": chance.sample(LABELS, chance.randrange(4)),
                "capacity": chance.choice(["public", "public", "private"]),
                "state": chance.choice(["active", "active", "draft", "deleted"]),
                "site_id": chance.choice(["here", "here", "elsewhere"]),
                "dataset_type": chance.choice(
                    ["dataset", "disclosure-item", "harvest"]
                ),
            },
        )
        for number in range(80)
    ]
    public = [
        doc
        for doc in documents
        if "public" in doc["permission_labels"]
        and (doc["capacity"], doc["state"]) == ("public", "active")
        and doc["site_id"] == "here"
        and doc["dataset_type"] != "harvest"
    ]
    names = {doc["name"] for doc in public}
    tags = {t for d in public if d["dataset_type"] == "dataset" for t in d["tags"]}
    whole = Engine(tmp_path / "whole")
    whole.add(documents, commit=True)

    seen: set[str] = set()
    for typed in [*words, "cz", "sp", "caizh", "anquan", "set", "s", "文化hd"]:
        found = Suggester(whole.state(), PUBLIC).suggest(typed, [], 20)
        for suggestion in found:
            allowed = tags if suggestion.entry.kind == "tag" else names
            assert suggestion.entry.name in allowed
            seen.add(suggestion.entry.name)
        if typed in words:
            kinds = {doc["dataset_type"] for doc in public if typed in doc["title"]}
            assert {s.entry.kind for s in found} - {"tag"} == kinds
    assert seen


def test_a_tag_called_like_a_dataset_is_no_second_suggestion(tmp_path):
    from ckanext.gpo.search.engine import Engine

    engine = Engine(tmp_path)
    arrears = {"name": "arrears", "title": "欠税公告", "tags": ["欠税公告", "欠税"]}
    engine.add([document(1, arrears)], commit=True)

    found = Suggester(engine.state(), PUBLIC).suggest("qianshui", ENTRIES, 8)
    assert [(s.entry.kind, s.entry.title) for s in found] == [
        ("tag", "欠税"),
        ("dataset", "欠税公告"),
    ]
