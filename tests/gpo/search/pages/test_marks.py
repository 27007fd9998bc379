"""How what matched in a text is shown."""

from __future__ import annotations

from ckanext.gpo.search.adapter import find_params
from ckanext.gpo.search.pages.marks import columns, excerpt, marked

B, E = find_params.BEGIN, find_params.END


def test_what_matched_is_marked_and_all_else_is_text():
    text = f"<b>{B}食品{E}</b> & 药品"
    assert marked(text) == "&lt;b&gt;<mark>食品</mark>&lt;/b&gt; &amp; 药品"


def test_half_a_mark_is_none():
    assert marked(f"食品{E}抽检{B}") == "食品抽检"


def test_a_long_text_is_cut_around_its_first_match():
    cut = excerpt("甲" * 100 + f"{B}食品{E}" + "乙" * 300)
    assert cut.startswith("…" + "甲" * 36 + "<mark>食品</mark>")
    assert cut.endswith("乙…")


def test_a_cut_through_a_match_still_ends_it():
    cut = excerpt("甲" * 10 + f"{B}{'食' * 400}{E}")
    assert cut.count("<mark>") == cut.count("</mark>") == 1


def test_no_word_of_letters_is_cut_at_the_beginning():
    cut = excerpt(f"{'arrears of enterprises ' * 4}for one {B}tax{E} each")
    assert cut.startswith(("…of ", "…enterprises ", "…arrears "))


def test_a_short_text_stays_whole():
    assert excerpt(f"{B}食品{E}抽检") == "<mark>食品</mark>抽检"


def test_columns_are_told_by_their_titles():
    text = (
        f"名称\tName\tname\t\n{B}年度{E}\tYear\tyear\t哪一年\n地址\t\tplace\t{B}年度{E}"
    )
    assert columns(text, english=False) == ["<mark>年度</mark>", "地址"]
    assert columns(text, english=True) == ["Year", "地址"]


def test_a_column_that_matches_by_the_way_is_not_told():
    text = f"{B}信用代码{E}\t\t\t\n行业{B}代码{E}\t\t\t"
    assert columns(text, english=False) == ["<mark>信用代码</mark>"]


def test_none_matched():
    assert columns("", english=False) == []


def test_three_columns_at_most():
    text = "\n".join(f"{B}列{n}{E}\t\t\t" for n in range(9))
    assert len(columns(text, english=False)) == 3
