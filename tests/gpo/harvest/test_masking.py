"""Secrets do not reach a log."""

from __future__ import annotations

import pytest

from ckanext.gpo.harvest.masking import mask, traceback


@pytest.mark.parametrize(
    "text",
    [
        "postgresql://reader:geheim@10.1.1.1/business",
        "could not parse 'https://u:geheim@tax.example/x'",
        "{'Authorization': 'Bearer geheim'}",
        "token=geheim&x=1",
        "password: 'geheim'",
    ],
)
def test_what_is_secret_is_masked(text: str) -> None:
    assert "geheim" not in mask(text)


def test_a_traceback_is_masked() -> None:
    shown = traceback(ValueError("postgresql://reader:geheim@db/x"))
    assert "geheim" not in shown
    assert "ValueError" in shown
