"""Numbers of persons are told from the many other long numbers of a district."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ckanext.gpo.common import personal

IDENTITY = "320402190001019993"


def _with_check_digit(number: str) -> str:
    return next(
        f"{number}{d}" for d in range(10) if personal.luhn.is_valid(f"{number}{d}")
    )


@pytest.mark.parametrize(
    ("text", "kinds"),
    [
        (IDENTITY, ["identity-number"]),
        (f"身份证号{IDENTITY}，手机13800000000", ["identity-number", "mobile-number"]),
        ("320402 19000101 9993", ["identity-number"]),
        ("１３８００００００００", ["mobile-number"]),
        ("+86 138-0000-0000", ["mobile-number"]),
        ("8613800000000", ["mobile-number"]),
        (f"卡号{_with_check_digit('622202100111222333')}", ["bank-card"]),
        (f"{_with_check_digit('6222 0210 0111 222'.replace(' ', ''))}", ["bank-card"]),
    ],
)
def test_personal_data_is_named(text: str, kinds: list[str]):
    assert personal.kinds(text) == kinds


@pytest.mark.parametrize(
    "text",
    [
        "",
        "320402190001019994",  # wrong check digit
        "320402199013019990",  # no such day
        "91320402MA0000001P",  # social credit code
        "2017-320402-48-01-500001",  # project code
        "JY13204020000018",  # licence
        "0519-86660000",
        "12345",
        "4008001234",
        "138****0000",
        "119.951234,31.780000",
        "2026-03-05 10:00:00",
        "1234567890123456",
        "12380000000",
    ],
)
def test_other_numbers_are_not(text: str):
    assert personal.kinds(text) == []


@given(st.text(alphabet="0123456789０８6213 -xX手机", max_size=40))
def test_whatever_is_named_is_suspicious(text: str):
    if personal.kinds(text):
        assert re.search(personal.SUSPICIOUS, text)
