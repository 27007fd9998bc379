"""What the address of a search asks for, and how what matched is shown."""

from __future__ import annotations

import pytest

from ckanext.gpo.portal import search_page
from ckanext.gpo.portal.search_page import Asked, columns, excerpt, marked, read

B, E = "\ue000", "\ue001"


class TestAddress:
    def test_all_of_it_is_read(self):
        pairs = [("q", " 食品 "), ("sort", "newest"), ("page", "3")]
        pairs += [("groups", "tax"), ("groups", "legal"), ("year", "2026")]

        filters = {"groups": ["tax", "legal"], "year": ["2026"]}
        assert read(pairs) == Asked("食品", "newest", 3, filters)

    @pytest.mark.parametrize(
        "pair",
        [
            ("utm_source", "x"),
            ("sort", "score desc; drop"),
            ("page", "x"),
            ("page", "-1"),
            ("page", "0"),
            ("permission_labels", "public"),
            ("groups", ""),
        ],
    )
    def test_what_is_not_ours_changes_nothing(self, pair: tuple[str, str]):
        assert read([pair]) == Asked()

    @pytest.mark.parametrize(
        ("of_ckan", "ours"),
        [("metadata_modified desc", "newest"), ("title_string asc", "title")],
    )
    def test_links_to_the_page_of_ckan_keep_their_order(self, of_ckan: str, ours: str):
        assert read([("sort", of_ckan)]).sort == ours

    def test_no_page_is_beyond_all_reason(self):
        assert read([("page", "9" * 400)]).page == 1000

    def test_it_is_written_as_it_is_read(self):
        asked = read([("q", "a&b=“c”"), ("groups", "tax"), ("sort", "title")])
        assert asked.address("/search") == (
            "/search?q=a%26b%3D%E2%80%9Cc%E2%80%9D&sort=title&groups=tax"
        )

    def test_a_new_order_begins_at_the_first_page(self):
        asked = read([("q", "x"), ("page", "4")])
        assert asked.address("/search", sort="newest") == "/search?q=x&sort=newest"

    def test_a_filter_is_taken_away(self):
        asked = read([("groups", "tax"), ("groups", "legal"), ("page", "2")])
        assert asked.without("groups", "tax") == Asked(filters={"groups": ["legal"]})
        assert asked.without("groups", "tax").without("groups", "legal") == Asked()


class TestMarks:
    def test_what_matched_is_marked_and_all_else_is_text(self):
        text = f"<b>{B}食品{E}</b> & 药品"
        assert marked(text) == "&lt;b&gt;<mark>食品</mark>&lt;/b&gt; &amp; 药品"

    def test_half_a_mark_is_none(self):
        assert marked(f"食品{E}抽检{B}") == "食品抽检"

    def test_a_long_text_is_cut_around_its_first_match(self):
        cut = excerpt("甲" * 100 + f"{B}食品{E}" + "乙" * 300)
        assert cut.startswith("…" + "甲" * 36 + "<mark>食品</mark>")
        assert cut.endswith("乙…")

    def test_a_cut_through_a_match_still_ends_it(self):
        cut = excerpt("甲" * 10 + f"{B}{'食' * 400}{E}")
        assert cut.count("<mark>") == cut.count("</mark>") == 1

    def test_no_word_of_letters_is_cut_at_the_beginning(self):
        cut = excerpt(f"{'arrears of enterprises ' * 4}for one {B}tax{E} each")
        assert cut.startswith(("…of ", "…enterprises ", "…arrears "))

    def test_a_short_text_stays_whole(self):
        assert excerpt(f"{B}食品{E}抽检") == "<mark>食品</mark>抽检"

    def test_columns_are_told_by_their_titles(self):
        text = f"名称\tName\tname\t\n{B}年度{E}\tYear\tyear\t哪一年\n地址\t\tplace\t{B}年度{E}"
        assert columns(text, english=False) == ["<mark>年度</mark>", "地址"]
        assert columns(text, english=True) == ["Year", "地址"]

    def test_a_column_that_matches_by_the_way_is_not_told(self):
        text = f"{B}信用代码{E}\t\t\t\n行业{B}代码{E}\t\t\t"
        assert columns(text, english=False) == ["<mark>信用代码</mark>"]

    def test_none_matched(self):
        assert columns("", english=False) == []

    def test_three_columns_at_most(self):
        text = "\n".join(f"{B}列{n}{E}\t\t\t" for n in range(9))
        assert len(columns(text, english=False)) == 3


@pytest.mark.parametrize(
    ("start", "count", "expected"),
    [
        (0, 4, [("full", [0, 1]), ("partial", [2, 3])]),
        (0, 2, [("full", [0, 1])]),
        (2, 3, [("partial", [2, 3, 4])]),
        (4, 3, [("partial", [4]), ("typo", [5, 6])]),
    ],
)
def test_a_page_is_divided_where_better_results_end(start, count, expected):
    tiers = [
        {"match": "full", "count": 2},
        {"match": "partial", "count": 3},
        {"match": "typo", "count": 2},
    ]
    results = [{"place": place} for place in range(start, start + count)]
    found = search_page.stretches(results, tiers, start)
    assert [(s.match, [r["place"] for r in s.results]) for s in found] == expected


def test_a_search_without_words_is_not_divided():
    [whole] = search_page.stretches([{}, {}], [], 0)
    assert (whole.match, whole.results) == ("full", [{}, {}])
