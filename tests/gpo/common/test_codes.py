"""Codes of national standards: right ones pass, each kind of fault has its own code."""

from __future__ import annotations

import pytest

from ckanext.gpo.common.codes import (
    division_error,
    project_code_error,
    uscc_error,
)


@pytest.mark.parametrize(
    ("value", "error"),
    [
        ("91320402MA0000001P", None),
        ("91110000600037341L", None),
        ("11320402014000001P", None),
        ("91320402MA0000001Q", "uscc-checksum"),
        ("91320402MA0000010P", "uscc-checksum"),
        ("91320402MA000001P", "uscc-length"),
        ("91320402MA00000001P", "uscc-length"),
        ("", "uscc-length"),
        ("9132040AMA0000001P", "uscc-format"),
        ("91320402MAO000001P", "uscc-format"),
        ("91320402ma0000001p", "uscc-format"),
        ("91320402 MA0000001P", "uscc-format"),
        ("91320402MA0000001P\n", "uscc-format"),
        ("\uff191320402MA0000001P", "uscc-format"),
        ("九一三二〇四〇二MA0000001P", "uscc-format"),
    ],
)
def test_uscc(value: str, error: str | None):
    assert uscc_error(value) == error


@pytest.mark.parametrize(
    ("value", "error"),
    [
        ("2017-320402-48-01-500001", None),
        ("2026-320411-30-03-000128", None),
        ("2017-320402-48-01-50001", "project-code"),
        ("2017-999999-48-01-500001", "project-code"),
        ("2017320402480150000100", "project-code"),
        ("\uff12017-320402-48-01-500001", "project-code"),
        ("2017-320402-48-01-500001 ", "project-code"),
        ("2017-320402-48-01-500001\n", "project-code"),
        ("", "project-code"),
    ],
)
def test_project_code(value: str, error: str | None):
    assert project_code_error(value) == error


@pytest.mark.parametrize(
    ("value", "error"),
    [
        ("320402", None),
        ("320400", None),
        ("320000", None),
        ("110103", None),  # 崇文区, abolished in 2010
        ("320499", "division"),
        ("990000", "division"),
        ("32040", "division"),
        ("3204021", "division"),
        ("\uff1320402", "division"),
        ("", "division"),
    ],
)
def test_division(value: str, error: str | None):
    assert division_error(value) == error
