"""Values in the form of a Table Schema type, and what is left as it stands."""

from __future__ import annotations

import json
from datetime import date, datetime, time, timezone
from decimal import Decimal
from typing import Any

import pytest

from ckanext.gpo.harvest.lexical import converter, text

at = datetime.fromisoformat

UTC = timezone.utc


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        (None, ""),
        ("　 示例 \xa0", "示例"),
        ("两\n行", "两\n行"),
        (True, "true"),
        (12.0, "12"),
        (320402004017001.0, "320402004017001"),
        (0.1, "0.1"),
        (1e-7, "0.0000001"),
        (float("nan"), "NaN"),
        (Decimal("86500.00"), "86500.00"),
        (Decimal("1E+3"), "1000"),
        (Decimal("1E+999999999"), "1E+999999999"),
        (at("2017-03-05"), "2017-03-05"),
        (at("2017-03-05T08:30"), "2017-03-05T08:30:00"),
        (date(2017, 3, 5), "2017-03-05"),
        (time(8, 30), "08:30:00"),
        ({"甲": [1, Decimal("2.5")]}, '{"甲": [1, "2.5"]}'),
    ],
)
def test_text_of_a_value(value: Any, expected: str) -> None:
    assert text(value) == expected


@pytest.mark.parametrize(
    ("kind", "value", "expected"),
    [
        ("number", "１２３４．５０", "1234.50"),
        ("number", "1,234,567.8", "1234567.8"),
        ("number", "１，２３４", "1234"),
        ("number", "1,23", "1,23"),
        ("number", "−5.5", "-5.5"),
        ("number", "1.5E3", "1500"),
        ("number", "28.0", "28.0"),
        ("number", "12.5万元", "12.5万元"),
        ("number", "—", "—"),
        ("number", None, ""),
        ("integer", "28.0", "28"),
        ("integer", 28.0, "28"),
        ("integer", "28.5", "28.5"),
        ("integer", "３　", "3"),
        ("integer", "三", "三"),
        ("year", "1978年", "1978"),
        ("year", "1978.0", "1978"),
        ("year", 1978.0, "1978"),
        ("year", "２０１７年度", "2017"),
        ("year", date(2017, 1, 1), "2017"),
        ("year", "17年", "17年"),
        ("yearmonth", "2017年3月", "2017-03"),
        ("yearmonth", "2017.3", "2017-03"),
        ("yearmonth", "201703", "2017-03"),
        ("yearmonth", at("2017-03-01"), "2017-03"),
        ("yearmonth", "2017-13", "2017-13"),
        ("date", "2017年3月5日", "2017-03-05"),
        ("date", "2017.3.5", "2017-03-05"),
        ("date", "2017/03/05", "2017-03-05"),
        ("date", "２０１７－３－５", "2017-03-05"),
        ("date", "20170305", "2017-03-05"),
        ("date", 20170305, "2017-03-05"),
        ("date", "2017-03-05 00:00:00", "2017-03-05"),
        ("date", at("2017-03-05T08:30"), "2017-03-05"),
        ("date", datetime(2017, 3, 4, 23, tzinfo=UTC), "2017-03-05"),
        ("date", "2017-03-04T23:00:00Z", "2017-03-05"),
        ("date", "2017年2月30日", "2017年2月30日"),
        ("date", "长期", "长期"),
        ("date", 42799, "42799"),
        ("datetime", "2017年3月5日 8:30", "2017-03-05T08:30:00"),
        ("datetime", "2017-03-05 08:30:15.0", "2017-03-05T08:30:15"),
        ("datetime", "2017-03-05T00:30:00Z", "2017-03-05T08:30:00+08:00"),
        ("boolean", "是", "true"),
        ("boolean", "否", "false"),
        ("boolean", 1, "true"),
        ("boolean", False, "false"),
        ("boolean", "或许", "或许"),
        ("string", "（２０１７）", "（２０１７）"),
        ("string", 5.0, "5"),
        ("any", "x", "x"),
    ],
)
def test_value_of_a_type(kind: str, value: Any, expected: str) -> None:
    assert converter({"name": "x", "type": kind})(value) == expected


def test_codes_of_registers_become_half_width() -> None:
    convert = converter({"name": "uscc", "type": "string", "gpo:check": "uscc"})
    assert convert("　９１３２０４０２ＭＡ０００００００１") == "91320402MA00000001"


def test_own_true_and_false_values_are_kept() -> None:
    field = {"type": "boolean", "trueValues": ["是"], "falseValues": ["否"]}
    convert = converter(field)
    assert [convert(v) for v in ("是", "1", False, "待定")] == [
        "是",
        "是",
        "否",
        "待定",
    ]


def test_a_date_with_a_format_of_its_own_is_left_alone() -> None:
    convert = converter({"type": "date", "format": "%Y/%m/%d"})
    assert convert("2017/3/5") == "2017/3/5"


def test_json_numbers_stay_exact() -> None:
    value = json.loads("0.10", parse_float=Decimal)
    assert converter({"type": "number"})(value) == "0.10"
