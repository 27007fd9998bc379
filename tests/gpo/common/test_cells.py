"""Columns and cells of a preview."""

from __future__ import annotations

import pytest

from ckanext.gpo.common.web.cells import cell, columns


def column(**field):
    """The one column of a table with one field."""
    return columns(
        [{"name": "f", "title": "列", "type": "string", **field}], [], False
    )[0]


@pytest.mark.parametrize(
    ("field", "kind"),
    [
        ({"type": "number"}, "num"),
        ({"type": "integer"}, "num"),
        ({"type": "date"}, "date"),
        ({"gpo:check": "uscc"}, "code"),
        ({"constraints": {"pattern": "x"}}, "code"),
        ({}, "text"),
    ],
)
def test_kind_of_a_column(field, kind):
    assert column(**field).kind == kind


def test_a_long_text_makes_a_wide_column():
    field = {"name": "f", "title": "列", "type": "string"}
    assert columns([field], [{"f": "很" * 30}], False)[0].kind == "long"


def test_labels_follow_the_language():
    field = {"name": "f", "title": "面积", "title_en": "Area", "type": "number"}
    assert [columns([field], [], english)[0].label for english in (True, False)] == [
        "Area",
        "面积",
    ]


@pytest.mark.parametrize(
    ("field", "value", "text"),
    [
        ({"type": "integer"}, 52310, "52,310"),
        ({"type": "number"}, 0.1, "0.1"),
        ({"type": "number"}, "1200.50", "1,200.50"),
        ({"type": "number"}, 1e21, "1,000,000,000,000,000,000,000"),
        ({"type": "number"}, 0, "0"),
        ({"type": "year"}, 2026, "2026"),
        ({"type": "date"}, "2026-11-23T00:00:00", "2026-11-23"),
        ({"type": "datetime"}, "2026-11-23T09:05:00", "2026-11-23 09:05:00"),
        ({}, "有效", "有效"),
        ({}, None, ""),
        ({"type": "number"}, "", ""),
    ],
)
def test_cells_as_text(field, value, text):
    assert cell(column(**field), value) == text


def test_points_stand_below_each_other():
    field = {"name": "amount", "title": "金额", "type": "number"}
    values = ["1200.5", "7", "3.25", None]
    records = [{"amount": value} for value in values]
    (amount,) = columns([field], records, english=False)

    texts = [cell(amount, value) for value in values]

    assert [text.rstrip() for text in texts] == ["1,200.5", "7", "3.25", ""]
    assert (
        len({len(text) - (text.rstrip() + ".").index(".") for text in texts[:3]}) == 1
    )
