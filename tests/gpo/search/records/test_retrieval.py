"""What people type, and the record that they mean."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ckanext.gpo.search.records import text
from ckanext.gpo.search.records.fit import Level
from ckanext.gpo.search.records.query import RecordQuery

from .conftest import ROWS, Matches

Match = Callable[[str], Matches]


@pytest.mark.parametrize(
    ("q", "place", "level"),
    [
        # codes
        ("91320402MA0000001P", 0, Level.WHOLE),
        ("91320402ma0000001p", 0, Level.WHOLE),
        ("９１３２０４０２ＭＡ０００００01P", 0, Level.WHOLE),
        ("91320402MA0000002", 1, Level.BEGINNING),
        ("91320402MA0000003L", 2, Level.SLIP),
        ("91320402MA000003K", 2, Level.SLIP),
        ("JY13204022018", 1, Level.BEGINNING),
        # names
        ("常州市恒源食品有限公司", 0, Level.WHOLE),
        ("常州市恆源食品有限公司", 0, Level.WHOLE),
        ("常州市恒源", 0, Level.BEGINNING),
        ("恒源食品", 0, Level.PART),
        ("恒源 有限公司", 0, Level.WORDS),
        ("恒源 青龙西路", 0, Level.WORDS),
        ("恒原食品", 0, Level.SOUND),
        ("宏远建筑", 1, Level.PART),
        ("红远建筑", 1, Level.SOUND),
        ("hengyuan shipin", 0, Level.SOUND),
        ("hongyuanjianzhu", 1, Level.SOUND),
        ("恒源食口有限公司", 0, Level.SLIP),
        ("常州恒源食品有限公司", 0, Level.SLIP),
        ("常州市恒源源食品有限公司", 0, Level.SLIP),
        # addresses
        ("青龙西路12号", 0, Level.PART),
        ("青龙西路 3号", 1, Level.PART),
        ("青龍西路12號", 0, Level.PART),
        # document numbers in any brackets
        ("常天行审〔2017〕42号", 0, Level.WHOLE),
        ("常天行审[2017]42号", 0, Level.WHOLE),
        ("常天行审（2017）42", 0, Level.WHOLE),
        ("常天行审【2017】第42号", 0, Level.WHOLE),
        ("常天行审﹝２０１７﹞四十二号", 0, Level.WHOLE),
        ("2018 142号", 1, Level.PART),
        ("建字320402201900001", 2, Level.WHOLE),
    ],
)
def test_a_query_finds_its_record(match: Match, q: str, place: int, level: Level):
    assert match(q)[0] == (place, level)


@pytest.mark.parametrize(
    "q",
    [
        "",
        "食",
        "青龙西路1号",
        "青龙西路2号",
        "常天行审〔2017〕43号",
        "JY13204022017000041",
        "41",
        "〔〕（）",
        "\x00\x00",
        "永远没有的公司",
        "恒源 宏远",
        "食 " * 41,
        "*:*",
        "[* TO *]",
    ],
)
def test_another_thing_is_not_found(match: Match, q: str):
    assert match(q) == []


@given(st.sampled_from(ROWS), st.data())
def test_any_part_of_a_name_finds_it(match: Match, row: object, data: st.DataObject):
    name = row.entity_name  # type: ignore[attr-defined]
    start = data.draw(st.integers(0, len(name) - 2))
    end = data.draw(st.integers(start + 2, len(name)))

    places = [place for place, _ in match(name[start:end])]

    assert ROWS.index(row) in places  # type: ignore[arg-type]


@given(st.text(max_size=60))
def test_no_text_breaks_a_search(match: Match, typed: str):
    assert all(place < len(ROWS) for place, _ in match(typed))


@given(st.text(min_size=1, max_size=40))
def test_a_value_is_found_by_itself(value: str):
    query = RecordQuery.read(value)
    if query is not None:
        plain = text.plain(value)
        assert query.compact == text.compact(text.units(plain))


@pytest.mark.parametrize(
    ("q", "guessable"),
    [("恒源食", False), ("恒源食品", True), ("源" + "1" * 200, False)],
)
def test_a_slip_is_looked_for_in_what_has_some_length(q: str, guessable: bool):
    query = RecordQuery.read(q)

    assert query
    assert query.is_guessable is guessable
