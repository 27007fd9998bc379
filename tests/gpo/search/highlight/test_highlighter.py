"""What is marked in a result is what was found there, however it was written or meant."""

from __future__ import annotations

import pytest

from ckan.lib.search.common import make_connection
from ckan.tests import factories
from ckan.tests.helpers import call_action

from ckanext.gpo.search.analysis.folding import fold, fold_with_offsets
from ckanext.gpo.search.errors import QueryError
from ckanext.gpo.search.highlight.highlighter import Shape, fragments

from ..conftest import CKAN_LUCENE, CKAN_WORDS, document


@pytest.fixture(scope="module")
def marked(corpus):
    """The highlights of all documents found, by name of the dataset."""

    def mark(q, **params):
        by_words = ":" not in q
        answer = corpus.search(
            q,
            {
                **(CKAN_WORDS if by_words else CKAN_LUCENE),
                "hl": "true",
                "hl.fl": "title,notes",
                "hl.simple.pre": "[",
                "hl.simple.post": "]",
                "fl": "index_id name",
                **params,
            },
        )
        names = {doc["index_id"]: doc["name"] for doc in answer["response"]["docs"]}
        assert set(names) == set(answer["highlighting"])
        return {names[key]: found for key, found in answer["highlighting"].items()}

    return mark


@pytest.mark.parametrize(
    ("query", "name", "title"),
    [
        ("食品 许可", "food-licences", "天宁区[食品]经营[许可]信息"),
        ("食品经营", "food-licences", "天宁区[食品经营]许可信息"),
        ('"食品经营许可"', "food-licences", "天宁区[食品经营许可]信息"),
        ("title:食 AND title:藥", "food-supervision", "[食]品[药]品安全监管情况"),
        ("藥品", "food-supervision", "食品[药品]安全监管情况"),
        ("title:食*", "food-licences", "天宁区[食]品经营许可信息"),
        ("title:/许可/", "food-licences", "天宁区食品经营[许可]信息"),
        ('title:"食品 监管"~4', "food-supervision", "[食品]药品安全[监管]情况"),
        ("环评", "eia-approvals", "建设项目[环境影响评价]审批"),
        ("环境影响评介", "eia-approvals", "建设项目[环境影响评价]审批"),
        ("xunhuan", "recycling", "[循环]保障资金"),
        ("xhbz", "recycling", "[循环保障]资金"),
        ("浔环", "recycling", "[循环]保障资金"),
        ("title_ngram:品安全监", "food-supervision", "食品药[品安全监]管情况"),
    ],
)
def test_words_phrases_patterns_synonyms_slips_and_sounds(marked, query, name, title):
    assert marked(query)[name]["title"] == [title]


@pytest.mark.parametrize(
    ("query", "notes"),
    [
        ("vehicle", "Public expenses on receptions, [vehicles] and travel"),
        ("notes:rec*", "Public expenses on [receptions], vehicles and travel"),
        ("notes:vehicels~", "Public expenses on receptions, [vehicles] and travel"),
        ("notes:vehilces~1", "Public expenses on receptions, [vehicles] and travel"),
        ("Public TRAVEL", "[Public] expenses on receptions, vehicles and [travel]"),
    ],
)
def test_words_of_other_scripts(marked, query, notes):
    assert marked(query)["three-public-expenses"]["notes"] == [notes]


def test_numbers_in_characters_mark_the_digits(marked):
    found = marked("〔二〇二六〕第四十二号")["eia-approvals"]["notes"]
    assert found == ["示例数据：常环审〔[2026〕42号]"]


def test_words_written_together_mark_their_parts(marked):
    tags = {"hl.fl": "tags"}
    found = marked("wifi", **tags)["three-public-expenses"]
    assert found == {"tags": ["[Wi-Fi]"]}


def test_only_fields_asked_for_that_are_stored(marked):
    def fields(wanted):
        return set(marked("食品", **{"hl.fl": wanted})["food-licences"])

    assert fields("title") == {"title"}
    assert fields("title notes") == fields(["title", "notes"]) == {"title", "notes"}
    assert fields("t*,no_such_field") == {"title", "tags"}
    assert fields("*") == {"title", "notes", "tags"}
    # The catch-all and the copy for sorting are not stored.
    assert fields("text,title_string,metadata_modified") == set()
    # Without a list the weighted fields, as in Solr.
    assert fields("") == {"title", "tags"}


def test_dynamic_fields(marked):
    found = marked("hotline", **{"hl.fl": "extras_*"})["food-licences"]
    assert found == {"extras_contact": ["Food [Hotline]"]}


def test_what_was_asked_of_another_field(marked):
    query = "title:食品"
    assert marked(query)["food-licences"]["notes"]
    own = marked(query, **{"hl.requireFieldMatch": "true"})["food-licences"]
    assert own == {"title": ["天宁区[食品]经营许可信息"]}
    # What a word sounds like is looked for in names only.
    own = marked("xunhuan", **{"hl.requireFieldMatch": "true"})["recycling"]
    assert own == {"title": ["[循环]保障资金"]}


@pytest.mark.parametrize(
    "query", ["食品 -药品", "title:食品 NOT 药品", "title:食品 -notes:药品"]
)
def test_what_must_not_occur_is_not_marked(marked, query):
    found = marked(query, **{"hl.fl": "*"})
    assert "药" not in str(
        [piece for pieces in found.values() for piece in pieces.values()]
    )


def test_filters_are_not_marked(marked):
    found = marked("title:许可", fq=["notes:食品", "tags:食品"])["food-licences"]
    assert found == {
        "title": ["天宁区食品经营[许可]信息"],
        "notes": ["市场监督管理局核发的食品经营[许可]证"],
    }


def test_exact_values_are_marked_whole(marked):
    found = marked("organization:czj", **{"hl.fl": "organization"})
    assert found["recycling"] == {"organization": ["[czj]"]}
    assert marked("*:*", **{"hl.fl": "*"})["recycling"] == {}


def test_only_the_page_is_highlighted(marked):
    assert len(marked("食品", rows=1)) == 1
    assert marked("食品", rows=0) == {}


def test_nothing_without_being_asked(corpus):
    for params in ({}, {"hl": "false"}, {"hl.fl": "title"}):
        assert "highlighting" not in corpus.search("食品", {**CKAN_WORDS, **params})


def test_markup_of_the_text_is_escaped_if_asked(engine):
    notes = "<script>食品</script> & more"
    engine.add([document(1, {"name": "x", "notes": notes})], commit=True)
    params = {**CKAN_WORDS, "hl": "on", "hl.fl": "notes"}

    def found(**more):
        return engine.search("食品", {**params, **more})["highlighting"]["key-1"]

    assert found() == {"notes": ["<script><em>食品</em></script> & more"]}
    assert found(**{"hl.encoder": "html", "hl.tag.pre": "<mark>"}) == {
        "notes": ["&lt;script&gt;<mark>食品</em>&lt;/script&gt; &amp; more"]
    }


@pytest.fixture
def long_notes(engine):
    notes = (
        "先说别的事情。" * 30 + "食品安全很重要。" + "再说别的。" * 40 + "又是食品。"
    )
    fields = {
        "name": "x",
        "title": "食品" * 80,
        "notes": notes,
        "res_name": ["食品"] * 9,
    }
    engine.add([document(1, fields)], commit=True)

    def found(**params):
        asked = {**CKAN_WORDS, "hl": "true", "hl.fl": "notes", **params}
        return engine.search("食品 安全", asked)["highlighting"]["key-1"]

    return found


def test_pieces_of_a_long_value_start_with_a_sentence(long_notes):
    (best,) = long_notes()["notes"]
    assert best.startswith("先说别的事情。")
    assert "<em>食品安全</em>很重要。" in best
    assert len(best) <= 100 + len("<em></em>")
    both = long_notes(**{"hl.snippets": 3, "hl.fragsize": 20})["notes"]
    assert len(both) == 2
    assert both[0].startswith("<em>食品安全</em>很重要。")
    assert both[1].endswith("又是<em>食品</em>。")


def test_a_field_may_have_values_of_its_own(long_notes):
    found = long_notes(
        **{
            "hl.fl": "title,notes,res_name",
            "hl.fragsize": 20,
            "f.title.hl.fragsize": 0,
            "f.res_name.hl.snippets": "4",
        }
    )
    assert found["title"] == ["<em>" + "食品" * 80 + "</em>"]
    assert len(found["notes"][0]) < 40
    assert found["res_name"] == ["<em>食品</em>"] * 4


def test_limits(long_notes):
    assert long_notes(**{"hl.maxAnalyzedChars": 100}) == {}
    assert long_notes(**{"hl.snippets": 0}) == {}
    assert len(long_notes(**{"hl.snippets": 10**9})["notes"]) == 2


class TestPackageSearch:
    """CKAN itself knows neither the parameters nor that part of the answer."""

    pytestmark = [
        pytest.mark.ckan_config("ckan.plugins", "gpo_search"),
        pytest.mark.ckan_config("ckan.auth.create_unowned_dataset", True),
        pytest.mark.usefixtures("clean_db"),
    ]

    @pytest.fixture
    def dataset(self):
        extras = [{"key": "contact", "value": "食品热线"}]
        return factories.Dataset(title="食品经营许可", notes="x" * 200, extras=extras)

    def test_highlights_stand_beside_the_results_by_id(self, dataset):
        factories.Dataset(title="食品抽检")
        asked = {"hl": True, "hl.fl": "title,extras_*", "hl.tag.pre": "<mark>"}
        found = call_action("package_search", q="食品 许可", rows=1, **asked)
        assert found["highlighting"] == {
            dataset["id"]: {
                "title": ["<mark>食品</em>经营<mark>许可</em>"],
                "extras_contact": ["<mark>食品</em>热线"],
            }
        }

    def test_as_many_as_results(self, dataset):
        factories.Dataset(title="食品抽检")
        for rows in (0, 1, 2):
            found = call_action("package_search", q="食品", hl="true", rows=rows)
            assert len(found["highlighting"]) == rows

    def test_of_one_field_and_with_a_list_of_fields(self, dataset):
        asked = {"hl": "true", "hl.fl": "title", "f.title.hl.fragsize": 4, "fl": "name"}
        found = call_action("package_search", q="许可", **asked)
        assert found["results"] == [{"name": dataset["name"]}]
        assert found["highlighting"] == {dataset["id"]: {"title": ["营<em>许可</em>"]}}

    def test_through_the_api(self, app, dataset):
        query = {"q": "许可", "hl": "true", "hl.fl": "title", "hl.encoder": "html"}
        answer = app.get("/api/3/action/package_search", query_string=query).json
        assert answer["result"]["highlighting"] == {
            dataset["id"]: {"title": ["食品经营<em>许可</em>"]}
        }

    def test_pysolrs_results_have_them_by_the_unique_key(self, dataset):
        asked = {"hl": "true", "hl.fl": "title", "fl": "index_id"}
        found = make_connection().search("title:许可", **asked)
        [document] = found.docs
        assert found.highlighting == {
            document["index_id"]: {"title": ["食品经营<em>许可</em>"]}
        }

    def test_nobody_else_can_be_the_carrier(self, app, dataset):
        query = {"q": "许可", "gpo_passthrough": "x"}
        answer = app.get("/api/3/action/package_search", query_string=query).json
        assert answer["result"]["count"] == 1
        assert "highlighting" not in answer["result"]

    def test_nonsense_is_a_conflict_not_an_error(self, app, dataset):
        query = {"q": "许可", "hl": "true", "hl.snippets": "x"}
        answer = app.get("/api/3/action/package_search", query_string=query, status=409)
        assert "hl.snippets" in answer.body


@pytest.mark.parametrize(
    "params",
    [
        {"hl.snippets": "many"},
        {"hl.snippets": -1},
        {"hl.fragsize": "1.5"},
        {"hl.method": "magic"},
        {"hl.maxAnalyzedChars": "-3"},
    ],
)
def test_nonsense_is_a_query_error(marked, params):
    with pytest.raises(QueryError):
        marked("食品", **params)


def test_a_piece_holds_whole_words():
    text = "one two three " * 20
    pieces = fragments(text, [(98, 103)], Shape(size=30, opening="[", closing="]"), 1)
    (piece,) = pieces
    bare = piece.replace("[", "").replace("]", "")
    assert bare in text
    assert set(bare.split()) <= {"one", "two", "three"}


@pytest.mark.parametrize(
    "text",
    [
        "ＡＢＣ食品",
        "〔二〇一七〕第四十二号文件",
        "cafe\u0301 第 3 号",
        "㎡与㍿",
        "国办发201742号 and more",
        "環評",
        "",
    ],
)
def test_a_trace_is_the_folded_text(text):
    """Every character knows its place: the spans cover the text in order."""
    folded, starts, ends = fold_with_offsets(text)
    assert folded == fold(text)
    assert len(starts) == len(ends) == len(folded)
    assert list(starts) == sorted(starts)
    assert all(0 <= s < e <= len(text) for s, e in zip(starts, ends, strict=True))


def test_a_trace_leads_back_to_what_was_written():
    text = "常政发〔二〇一七〕四十二号"
    folded, starts, ends = fold_with_offsets(text)
    at = folded.index("42")
    assert text[starts[at] : ends[at]] == "四十二"
