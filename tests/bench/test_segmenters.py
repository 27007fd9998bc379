"""The hand-made set that segmenters are compared on, and how they are compared."""

from __future__ import annotations

import re
from collections import Counter

import pytest

from bench import segmenters


def test_the_set_covers_all_domains():
    lines = segmenters.GOLD.read_text("utf-8").splitlines()
    rows = [line.split("\t") for line in lines if not line.startswith("#")]
    domains = Counter(domain for domain, _ in rows)
    assert len(domains) == 9
    assert min(domains.values()) >= 7
    assert len({text for _, text in rows}) == len(rows) >= 60
    assert all(
        re.fullmatch(r"[\u4e00-\u9fff]+(?: [\u4e00-\u9fff]+)+", t) for _, t in rows
    )


@pytest.mark.parametrize(
    ("cut", "value"),
    [(["财政", "预算"], 1.0), (["财政预算"], 0.0), (["财政", "预", "算"], 2 / 5)],
)
def test_f1(cut, value):
    assert segmenters.f1(lambda text: cut, [["财政", "预算"]]) == pytest.approx(value)


def test_what_is_not_installed_is_told(monkeypatch):
    def missing(words):
        raise ImportError

    monkeypatch.setattr(segmenters, "PEERS", (segmenters.Peer("gone", missing),))
    assert {figure.unit for figure in segmenters.figures()} == {"not installed"}
