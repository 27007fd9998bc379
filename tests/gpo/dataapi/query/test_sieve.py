"""The rows that texts leave over are those that PostgreSQL finds by looking through all."""

from __future__ import annotations

import sys
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from ckanext.gpo.common import duck, row_texts
from ckanext.gpo.dataapi import query
from ckanext.gpo.dataapi.query import Order, Run, Selection, Sieve

from .conftest import NAME, Stage, described, words, write_parquet
from .test_columnar import FILTERS, KINDS, PARTS, ROWS, TABLE, Opened, Q
from .test_file_records import ORDERS, VERSION

CONTAINS = st.builds(
    lambda name, part: {name: {"contains": part}}, st.sampled_from("abm"), PARTS
)
ASKED = st.lists(st.one_of(CONTAINS, CONTAINS, FILTERS), max_size=3).map(
    lambda members: {"$and": members}
)


@pytest.fixture
def opened(stage: Stage) -> Opened:
    return stage(TABLE, ROWS)


def lower(folder: Path, text: str) -> str:
    if not query.has_capitals(text):
        return text
    with duck.reader(folder) as connection:
        return duck.one(connection, "SELECT lower($text)", {"text": text})[0]


def test_the_same_pages_and_counts(opened: Opened, folder: Path):
    texts = row_texts.read(row_texts.texts_path(write_parquet(TABLE, folder)))
    sieved = 0
    with opened() as run:
        fields = query.queried_fields(TABLE, run.columns(NAME))

        @given(
            raw=ASKED,
            q=Q,
            by=ORDERS,
            limit=st.sampled_from([0, 1, 7, 1000]),
            steps=st.integers(0, 3),
        )
        @example(raw={}, q=("İ",), by=("", False), limit=7, steps=0)
        @example(
            raw={"a": {"contains": "一\n"}}, q=(), by=("a", True), limit=7, steps=1
        )
        def check(
            raw: Any, q: tuple[str, ...], by: tuple[str, bool], limit: int, steps: int
        ) -> None:
            nonlocal sieved
            condition = query.parse_filters(raw, fields, words)
            selection = Selection(NAME, fields, condition, q)
            sieve = Sieve(selection, lambda text: lower(folder, text))
            if not sieve.fits(texts):
                return
            sieved += 1
            matches = sieve.find(texts, len(ROWS), run.check, is_counted=False)
            rest = sieve.rest(matches)
            expected = query.count(run, selection, 0)
            assert query.count(run, rest, 0) == expected
            if sieve.is_whole:
                assert matches.count == expected.count
            order = Order(fields.get(by[0]), by[1])
            places: dict[str, Any] = {}
            for _step in range(steps + 1):
                pages = [
                    query.read_page(
                        run,
                        asked,
                        list(fields.values()),
                        order,
                        limit,
                        VERSION,
                        words,
                        **places,
                    )
                    for asked in (selection, rest)
                ]
                assert pages[0] == pages[1]
                if pages[0].next is None:
                    break
                places = {"page_after": pages[0].next}

        check()
    assert sieved


def test_a_page_begins_after_a_row_that_does_not_match(opened: Opened):
    with opened() as run:
        fields = query.queried_fields(TABLE, run.columns(NAME))
        named = Selection(NAME, fields, rows=(10, 20, 30))
        page = query.read_page(
            run,
            named,
            [fields["row"]],
            Order(),
            5,
            VERSION,
            words,
            page_after=query.parse_cursor(f"{VERSION}-15", VERSION, "after", words),
        )
        assert page.records == [{"row": 20}, {"row": 30}]


@pytest.mark.parametrize(
    ("raw", "q", "is_whole"),
    [
        ({}, ("红梅",), True),
        ({"a": {"contains": "红"}}, (), True),
        ({"a": {"contains": "红"}, "i": 3}, (), False),
        (
            {"$and": [{"a": {"contains": "红"}}, {"b": {"contains": "梅"}}]},
            ("X",),
            True,
        ),
        ({"a": {"contains": ""}}, ("红",), False),
        ({"$or": [{"a": {"contains": "红"}}, {"i": 3}]}, ("红",), False),
    ],
)
def test_what_is_left_to_ask(
    opened: Opened, folder: Path, raw: Any, q: tuple[str, ...], is_whole: bool
):
    with opened() as run:
        sieve = _sieve(run, raw, q)
    assert sieve.is_whole == is_whole


@pytest.mark.parametrize(
    ("raw", "q"),
    [
        ({}, ()),
        ({"i": 3}, ()),
        ({"a": {"contains": ""}}, ()),
        ({"a": {"starts": "红"}}, ()),
        ({"$or": [{"a": {"contains": "红"}}, {"i": 3}]}, ()),
        ({}, ("\0",)),
    ],
)
def test_what_texts_do_not_answer(
    opened: Opened, folder: Path, raw: Any, q: tuple[str, ...]
):
    texts = row_texts.read(row_texts.texts_path(write_parquet(TABLE, folder)))
    with opened() as run:
        assert not _sieve(run, raw, q).fits(texts)


def test_texts_of_too_few_fields_answer_nothing(opened: Opened, folder: Path):
    texts = row_texts.read(row_texts.texts_path(write_parquet(TABLE, folder)))
    younger = described(*({"name": name} for name in KINDS), {"name": "younger"})
    with opened():
        fields = query.queried_fields(
            younger, dict.fromkeys([*KINDS, "younger"], "text")
        )
    selection = Selection(NAME, fields, words=("红",))
    assert not Sieve(selection, str).fits(texts)
    fewer = replace(selection, fields={"a": fields["a"]})
    assert Sieve(fewer, str).fits(texts)


def _sieve(run: Run, raw: Any, q: tuple[str, ...]) -> Sieve:
    fields = query.queried_fields(TABLE, run.columns(NAME))
    condition = query.parse_filters(raw, fields, words)
    return Sieve(Selection(NAME, fields, condition, q), str)


def test_a_text_without_capitals_stands_for_itself_only(tmp_path: Path):
    """Why it is found among small letters where it stands, and nowhere else."""
    characters = [
        chr(place)
        for place in range(1, sys.maxunicode + 1)
        if not 0xD800 <= place < 0xE000
    ]
    plain = {each for each in characters if not query.has_capitals(each)}
    with duck.connect(tmp_path) as connection:
        changed = connection.execute(
            "SELECT character, lower(character) FROM"
            " (SELECT unnest($characters) AS character)"
            " WHERE lower(character) <> character",
            {"characters": characters},
        ).fetchall()
    assert changed
    for character, small in changed:
        assert character not in plain
        assert not plain.intersection(small)
