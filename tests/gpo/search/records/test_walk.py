"""What a query looks through is bounded, and what fits best is among the first."""

from __future__ import annotations

from pathlib import Path

import pytest

from ckanext.gpo.search.records import index, walk
from ckanext.gpo.search.records.columns import Role
from ckanext.gpo.search.records.query import RecordQuery
from ckanext.gpo.search.records.retrieval import matching_keys, similar_keys
from ckanext.gpo.search.records.walk import Walk

LIMIT = 5
FIRST, SHORT, MOST = 8, 10, 60

NAMES = [
    *(f"常州{number % 7}号青龙仓库有限公司" for number in range(100)),
    *(f"江苏红梅书店{number}部有限公司" for number in range(100)),
    *(f"红梅南路12号{number}幢" for number in range(20)),
    *("丽华北路75号1幢" for _ in range(20)),
    "天宁区红梅南路12号",
    "永康汽车有限公司",
    *(f"永康汽车有限公司天宁{number}分公司" for number in range(20)),
    "恒丰食品有限公司",
    "恒源食品有限公司",
]


@pytest.fixture(autouse=True)
def small_numbers(monkeypatch: pytest.MonkeyPatch):
    """Slices of eight records, so that some hundred are a large table."""
    monkeypatch.setattr(index, "FIRST_SLICE", FIRST)
    monkeypatch.setattr(walk, "SHORT", SHORT)
    monkeypatch.setattr(walk, "MOST_WALKED", MOST)


@pytest.fixture
def names(tmp_path: Path, small_numbers: None) -> Walk:
    records = [(name.encode(), [name]) for name in NAMES]
    index.write(tmp_path, [Role.NAME], records)
    return Walk(index.open_searcher(tmp_path), LIMIT)


def read(typed: str) -> RecordQuery:
    query = RecordQuery.read(typed)
    assert query
    return query


def test_slices_grow_by_all_before_them():
    numbers = [index.slice_number(place) for place in range(FIRST * 8)]

    assert [numbers.count(number) for number in range(4)] == [8, 8, 16, 32]


@pytest.mark.parametrize("typed", ["有限公司", "有限 公司", "限公"])
def test_words_of_most_records_are_answered_by_the_first_slices(
    names: Walk, typed: str
):
    found = matching_keys(names, read(typed))

    assert len(found) == LIMIT
    assert names.walked <= 3 * FIRST


def test_a_rare_piece_is_walked_and_not_the_common_ones(names: Walk):
    found = matching_keys(names, read("恒源食品有限公司"))

    assert [key.decode() for _, key in found] == ["恒源食品有限公司"]
    assert names.is_complete
    assert names.walked < SHORT


def test_common_pieces_that_never_meet_end_at_the_bound(names: Walk):
    assert matching_keys(names, read("青龙 红梅")) == []
    assert names.walked <= MOST
    assert not names.is_complete


@pytest.mark.parametrize("typed", ["江苏红梅书店永部有限公司", "youxiangongsi"])
def test_guesses_are_bounded_too(names: Walk, typed: str):
    similar_keys(names, read(typed))

    assert names.walked <= MOST


@pytest.mark.parametrize("typed", ["红梅南路12号", "红梅南路12"])
def test_the_house_goes_before_its_parts(names: Walk, typed: str):
    """Though there are more parts of it than candidates, all of them written earlier."""
    keys = {key.decode() for _, key in matching_keys(names, read(typed))}

    assert "天宁区红梅南路12号" in keys


def test_a_slip_in_a_whole_name_goes_before_one_in_a_part(names: Walk):
    _, first = similar_keys(names, read("永唐汽车有限公司"))[0]

    assert first.decode() == "永康汽车有限公司"


def test_what_sounds_alike_does_not_hide_what_is_a_slip_away(names: Walk):
    """恒元 sounds as 恒源, and may be 恒丰 with a wrong character."""
    keys = [key.decode() for _, key in similar_keys(names, read("恒元食品有限公司"))]

    assert keys == ["恒源食品有限公司", "恒丰食品有限公司"]
