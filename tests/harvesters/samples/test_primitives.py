"""Codes, dates and dice of the sample systems."""

from __future__ import annotations

from datetime import date

import pytest
from stdnum.cn import uscc as stdnum_uscc

from ckanext.gpo.common.codes import uscc_error

from gpo_samples.primitives import (
    agency_uscc,
    dice,
    organisation_code,
    uscc,
    workday,
)


@pytest.mark.parametrize(
    ("body", "code"),
    [
        # The example of GB 11714-1997: its remainder is 10, written X.
        ("D2143569", "D2143569X"),
        # Nothing remains: the digit is 0, not 11.
        ("00000000", "000000000"),
        ("60003734", "600037341"),
    ],
)
def test_organisation_code_has_its_check_digit(body: str, code: str) -> None:
    assert organisation_code(body) == code


@pytest.mark.parametrize("serial", [1, 7, 53_200, 999_999])
@pytest.mark.parametrize("cooperative", [False, True])
def test_made_up_code_is_valid(serial: int, cooperative: bool) -> None:
    code = uscc(serial, cooperative=cooperative)
    assert stdnum_uscc.is_valid(code)
    assert uscc_error(code) is None
    assert code[2:10] == "320402YL"


def test_code_of_a_department_is_valid() -> None:
    assert uscc_error(agency_uscc(6)) is None


def test_codes_differ() -> None:
    assert len({uscc(serial) for serial in range(1, 2_000)}) == 1_999


def test_dice_of_one_name_always_fall_alike() -> None:
    assert dice("a").random() == dice("a").random() != dice("b").random()


@pytest.mark.parametrize(
    ("day", "signed"),
    [
        (date(2026, 10, 30), date(2026, 10, 30)),
        (date(2026, 10, 31), date(2026, 11, 2)),
        (date(2026, 11, 1), date(2026, 11, 2)),
    ],
)
def test_nothing_is_signed_at_weekends(day: date, signed: date) -> None:
    assert workday(day) == signed
