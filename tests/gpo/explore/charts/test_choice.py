"""What a table may be charted by, and what an address chooses of it."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ckanext.gpo.common import tables
from ckanext.gpo.explore import charts, streets
from ckanext.gpo.explore.charts import Choice, Kind

ALL = list(tables.tables().values())
STREETS = frozenset({"红梅街道", "郑陆镇"})
FIELDS: list[dict[str, Any]] = [
    {"name": "code", "title": "编号", "type": "string"},
    {"name": "day", "title": "日期", "title_en": "Day", "type": "date"},
    {
        "name": "kind",
        "title": "类型",
        "type": "string",
        "constraints": {"enum": ["甲", "乙"]},
    },
    {
        "name": "street",
        "title": "街道",
        "type": "string",
        "constraints": {"enum": ["红梅街道", "郑陆镇"]},
    },
    {"name": "area", "title": "面积", "type": "number", "unit": "平方米"},
    {"name": "open", "title": "开放", "type": "boolean"},
]
DIMENSIONS = charts.dimensions(FIELDS, ["code"], english=False)
MEASURES = charts.measures(FIELDS, ["code"], english=False)
DEFAULT = charts.proposals(DIMENSIONS, MEASURES, STREETS)[0]


def parse(**parameters: str) -> tuple[Choice, list[str]]:
    return charts.parse_choice(parameters, DIMENSIONS, MEASURES, STREETS, DEFAULT)


def test_a_key_and_a_quantity_group_nothing():
    keys = [d.key for d in DIMENSIONS]
    assert keys == ["day.month", "day.year", "day.day", "kind", "street", "open"]


def test_only_quantities_are_summed_up():
    keys = [m.key for m in MEASURES]
    assert keys == ["count", "sum.area", "avg.area", "min.area", "max.area"]


@pytest.mark.parametrize(
    ("group", "measure", "kinds"),
    [
        ("day.month", "count", ["line", "bar"]),
        ("kind", "count", ["bar", "share"]),
        ("kind", "sum.area", ["bar", "share"]),
        ("kind", "avg.area", ["bar"]),
        ("street", "count", ["bar", "streets", "share"]),
        ("street", "max.area", ["bar", "streets"]),
    ],
)
def test_a_chart_tells_the_truth(group: str, measure: str, kinds: list[str]):
    choice, _ = parse(group=group, measure=measure)
    offered = charts.choices(choice.dimension, choice.measure, STREETS)
    assert [kind.value for kind in offered] == kinds
    assert choice.kind == kinds[0]


def test_what_an_address_says_is_chosen():
    choice, ignored = parse(kind="share", group="kind", measure="sum.area")
    assert choice.parameters == {
        "kind": "share",
        "group": "kind",
        "measure": "sum.area",
    }
    assert ignored == []


@pytest.mark.parametrize(
    ("parameters", "ignored"),
    [
        ({"group": "none"}, ["group"]),
        ({"measure": "sum.kind"}, ["measure"]),
        ({"kind": "share", "measure": "avg.area", "group": "kind"}, ["kind"]),
        ({"kind": "line", "group": "kind"}, ["kind"]),
        (
            {"kind": "x" * 10_000, "group": "\x00", "measure": "'"},
            ["group", "measure", "kind"],
        ),
        ({}, []),
    ],
)
def test_what_says_nothing_is_named(parameters: dict[str, str], ignored: list[str]):
    assert parse(**parameters)[1] == ignored


@given(st.dictionaries(st.sampled_from(["kind", "group", "measure"]), st.text()))
def test_any_text_chooses_a_chart(parameters: dict[str, str]):
    choice, _ = parse(**parameters)
    assert choice.kind in charts.choices(choice.dimension, choice.measure, STREETS)


@pytest.mark.parametrize("table", ALL, ids=[table.ref for table in ALL])
def test_every_table_has_charts_that_its_addresses_show(table: tables.Table):
    names = streets.street_names()
    dimensions = charts.dimensions(table.fields, table.primary_key, english=True)
    measures = charts.measures(table.fields, table.primary_key, english=True)
    proposed = charts.proposals(dimensions, measures, names)
    assert 1 <= len(proposed) <= 4
    for choice in proposed:
        parsed = charts.parse_choice(
            choice.parameters, dimensions, measures, names, proposed[0]
        )
        assert parsed == (choice, [])


def test_streets_are_drawn_as_a_scheme():
    drawn = charts.proposals(DIMENSIONS, MEASURES, STREETS)
    assert [(c.kind, c.dimension.field) for c in drawn] == [
        (Kind.LINE, "day"),
        (Kind.LINE, "day"),
        (Kind.STREETS, "street"),
        (Kind.BAR, "kind"),
    ]


def test_a_field_that_is_mostly_empty_makes_no_chart_unless_alone():
    drawn = charts.proposals(DIMENSIONS, MEASURES, STREETS, {"day", "area"})
    assert [c.dimension.field for c in drawn] == ["street", "kind"]
    every = {field["name"] for field in FIELDS}
    assert charts.proposals(DIMENSIONS, MEASURES, STREETS, every)


def test_a_title_says_what_is_drawn():
    choice, _ = parse(group="day.year", measure="sum.area")
    assert charts.title("表", choice, str) == "表: Total of 面积 by year of 日期"
    assert charts.short_title(choice, str) == "Total of 面积 by year of 日期"
