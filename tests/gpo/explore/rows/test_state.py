"""The state of a table in an address: read, written, changed; junk is left out and said."""

from __future__ import annotations

from typing import Any
from urllib.parse import parse_qsl

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ckanext.gpo.explore import rows
from ckanext.gpo.explore.rows import Filter, State

FIELDS = rows.labelled_fields(
    [
        {
            "name": "code",
            "title": "编号",
            "type": "string",
            "constraints": {"required": True},
        },
        {"name": "a.b", "title": "带点", "type": "string"},
        {
            "name": "street",
            "title": "街道",
            "title_en": "Street",
            "type": "string",
            "constraints": {"enum": ["红梅街道", "青龙街道"]},
        },
        {"name": "area", "title": "面积", "type": "number", "unit": "平方米"},
        {"name": "rate", "title": "比率", "type": "number", "unit": "%"},
        {"name": "issued", "title": "日期", "type": "date"},
        {"name": "open", "title": "开放", "type": "boolean"},
    ],
    english=False,
)


def words(text: str) -> str:
    return text


def read(query: str) -> tuple[State, list[str]]:
    pairs = parse_qsl(query, keep_blank_values=True)
    state, ignored = rows.parse_state(pairs, FIELDS)
    return state, [each.parameter for each in ignored]


def test_everything_that_an_address_says():
    query = (
        "street.in=红梅街道&street.in=青龙街道&area.gte=10&a.b.contains=x&code.empty=false"
        "&q=++天宁+区&sort=-issued&columns=code,area&after=3-17&version=2"
    )
    state, ignored = read(query)

    assert ignored == []
    assert state.filters[2:4] == (
        Filter("area", "gte", "10"),
        Filter("a.b", "contains", "x"),
    )
    assert state.selection == {
        "filters": {
            "$and": [
                {"area": {"gte": "10"}},
                {"a.b": {"contains": "x"}},
                {"code": {"empty": "false"}},
                {"street": {"in": ["红梅街道", "青龙街道"]}},
            ]
        },
        "q": "天宁 区",
    }
    assert (state.sort, state.columns, state.page_after) == (
        "-issued",
        ("code", "area"),
        "3-17",
    )
    assert state.version == 2


@pytest.mark.parametrize(
    ("query", "ignored"),
    [
        ("utm_source=x&lang=en", []),
        ("area.gte=&q=&columns=", []),
        ("nobody.eq=1", ["nobody.eq"]),
        ("area.like=1", ["area.like"]),
        ("area.contains=1", ["area.contains"]),
        ("area.gte=" + "9" * 501, ["area.gte"]),
        ("code.eq=a%00b", ["code.eq"]),
        ("code.eq=%E2%80%AE", ["code.eq"]),
        ("code.eq=+++", ["code.eq"]),
        ("q=" + "x" * 201, ["q"]),
        ("sort=nobody", ["sort"]),
        ("sort=--area", ["sort"]),
        ("columns=code,nobody", ["columns"]),
        ("after=x", ["after"]),
        ("before=1-1-1", ["before"]),
        ("version=0", ["version"]),
        ("version=९", ["version"]),
        ("%E2%80%AE.eq=1", ["<U+202E>.eq"]),
        ("x" * 999 + ".eq=1", ["x" * 60]),
    ],
)
def test_junk_is_left_out_and_said(query: str, ignored: list[str]):
    state, names = read(query)

    assert names == ignored
    assert state.pairs in ([], [("columns", "code")])
    _, reasons = rows.parse_state(parse_qsl(query), FIELDS)
    for each in reasons:
        assert "“" in rows.ignored_words(each, words)


def test_filters_beyond_fifty_are_left_out():
    state, ignored = read("&".join(f"code.ne={number}" for number in range(60)))
    assert (len(state.filters), ignored) == (50, ["code.ne"])


@given(
    st.lists(
        st.tuples(
            st.sampled_from(
                [
                    "code.eq",
                    "area.lt",
                    "street.in",
                    "q",
                    "sort",
                    "columns",
                    "after",
                    "x.y",
                ]
            )
            | st.text(max_size=8),
            st.sampled_from(["code", "-area", "1-1", "红梅街道"]) | st.text(max_size=8),
        ),
        max_size=8,
    )
)
def test_any_address_reads_and_its_own_address_reads_the_same(
    pairs: list[tuple[str, str]],
):
    state, _ignored = rows.parse_state(pairs, FIELDS)
    query = state.query.removeprefix("?")

    assert read(query) == (state, [])


def test_changes_of_a_state_begin_at_the_first_page():
    state, _ = read("code.eq=1&area.gte=2&q=x&after=1-2&columns=code")

    assert (
        state.sorted_by("area").query
        == "?code.eq=1&area.gte=2&q=x&sort=area&columns=code"
    )
    assert state.less_fields("code").query == "?area.gte=2&q=x&columns=code"
    assert state.less(Filter("area", "gte", "2")).query == "?code.eq=1&q=x&columns=code"
    assert state.less_words().query == "?code.eq=1&area.gte=2&columns=code"
    assert state.turned(page_before="1-9").page_after == ""
    assert state.citing(3).query.endswith("&after=1-2&version=3")


def test_the_columns_of_a_wide_table():
    wide = rows.labelled_fields(
        [{"name": f"f{n}", "title": "x", "type": "string"} for n in range(300)],
        english=True,
    )
    assert len(State().visible(wide)) == 30
    assert State(columns=("f299",)).visible(wide) == ["f299"]


@pytest.mark.parametrize(
    ("query", "name", "kind", "chosen"),
    [
        ("street.in=红梅街道", "street", "choices", {"红梅街道": "红梅街道"}),
        (
            "area.gte=1&area.empty=false",
            "area",
            "range",
            {"gte": "1", "empty": "false"},
        ),
        ("open.eq=true", "open", "boolean", {"eq": "true"}),
        ("a.b.contains=x", "a.b", "text", {"contains": "x"}),
    ],
)
def test_controls_show_what_is_set(query: str, name: str, kind: str, chosen: Any):
    state, _ = read(query)
    (control,) = rows.controls(FIELDS, [], state)

    assert (control.field.name, control.kind, control.settings) == (name, kind, chosen)
    assert control.is_set
    assert control.can_be_empty
    assert rows.uncontrolled(state, [control]) == []


def test_what_the_form_cannot_show_it_keeps():
    state, _ = read("area.ne=1&area.gte=2&street.starts=红")
    offered = rows.controls(FIELDS, FIELDS, state)

    assert rows.uncontrolled(state, offered) == [
        ("area.ne", "1"),
        ("street.starts", "红"),
    ]


@pytest.mark.parametrize(
    ("query", "text"),
    [
        ("street.in=红梅街道", "街道: 红梅街道"),
        ("area.gte=1", "面积 ≥ 1"),
        ("area.ne=1", "面积 ≠ 1"),
        ("code.contains={value}", "编号 contains “{value}”"),
        ("open.eq=true", "开放: Yes"),
        ("code.empty=true", "编号 is empty"),
        ("code.empty=false", "编号 is not empty"),
    ],
)
def test_filters_in_words(query: str, text: str):
    state, _ = read(query)
    assert rows.filter_words(state.filters[0], FIELDS, words) == text


def test_of_ratios_there_is_a_mean_but_no_total():
    summed = rows.summed_fields(FIELDS.values())

    assert [(each.field.name, each.has_total) for each in summed] == [
        ("area", True),
        ("rate", False),
    ]
    answer = {
        "measures": [
            {"name": "sum(area)"},
            {"name": "avg(area)"},
            {"name": "avg(rate)"},
        ],
        "groups": [{"key": [], "values": [6, 3, 0.5]}],
    }
    assert rows.read_sums(summed, answer) == {
        "area": {"sum": 6, "avg": 3},
        "rate": {"sum": None, "avg": 0.5},
    }
