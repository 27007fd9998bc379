"""Cells that a spreadsheet would run."""

from __future__ import annotations

import pytest

from ckanext.gpo.common import formulas


@pytest.mark.parametrize(
    ("cell", "written"),
    [
        ("+86 519", "'+86 519"),
        ("@SUM(A1)", "'@SUM(A1)"),
        ("-1+cmd", "'-1+cmd"),
        ("-3", "-3"),
        ("+3.5", "+3.5"),
        ("-3\n", "'-3\n"),
        ("-３", "'-３"),
        ("\tx", "'\tx"),
        ("\rx", "'\rx"),
        ("'=1+1", "''=1+1"),
        ("'-3", "''-3"),
        ("'常州'", "'常州'"),
    ],
)
def test_formulas_are_inert(cell: str, written: str):
    assert formulas.inert(cell) == written
    assert formulas.original(written) == cell
