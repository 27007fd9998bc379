"""Profiles say of every column what a loop over its values says."""

from __future__ import annotations

import statistics
from collections import Counter
from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any

import duckdb
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ckanext.gpo.dataapi import profiles
from ckanext.gpo.dataapi.profiles import Profile, computing

NUMBERS = st.integers(-1000, 1000).map(lambda n: Decimal(n) / 4)
DAYS = st.dates(date(1890, 1, 1), date(2100, 1, 1))
WORDS = st.sampled_from(["红梅街道", "青龙街道", "<b>", ""]) | st.text(max_size=3)


def parquet(path: Path, kind: str, values: list[Any]) -> Path:
    with duckdb.connect() as database:
        database.execute(f"CREATE TABLE t (c {kind})")
        for value in values:
            database.execute("INSERT INTO t VALUES (?)", [value])
        database.execute(f"COPY t TO '{path}' (FORMAT parquet)")
    return path


def computed(folder: Path, kind: str, values: list[Any]) -> Profile:
    path = parquet(folder / "rows.parquet", kind, values)
    (profile,) = profiles.compute_profiles(path, ["c", "nobody"], folder)
    return profile


@settings(max_examples=25)
@given(values=st.lists(st.none() | NUMBERS, max_size=20))
def test_numbers(
    tmp_path_factory: pytest.TempPathFactory, values: list[Decimal | None]
):
    profile = computed(tmp_path_factory.mktemp("p"), "DECIMAL(18,2)", values)
    there = [float(value) for value in values if value is not None]

    assert profile.empty == len(values) - len(there)
    assert (profile.distinct, profile.distinct_is_exact) == (len(set(there)), True)
    if there:
        assert (profile.min, profile.max) == (min(there), max(there))
        assert profile.sum == pytest.approx(sum(there))
        assert profile.mean == pytest.approx(statistics.fmean(there))
        assert profile.quartiles[1] == pytest.approx(statistics.median(there))
        spread = sum(each.count for each in profile.bins)
        assert spread == (len(there) if len(set(there)) > 1 else 0)


@settings(max_examples=25)
@given(values=st.lists(st.none() | DAYS, max_size=20))
def test_days(tmp_path_factory: pytest.TempPathFactory, values: list[date | None]):
    profile = computed(tmp_path_factory.mktemp("p"), "DATE", values)
    there = [value for value in values if value is not None]

    if there:
        assert profile.min == min(there).isoformat()
        assert profile.max == max(there).isoformat()
    if len(set(there)) > 1:
        assert sum(each.count for each in profile.bins) == len(there)
        assert profile.bins[0].start == profile.min
        assert profile.bins[-1].end == profile.max


@settings(max_examples=25)
@given(values=st.lists(st.none() | WORDS.filter(lambda w: "\0" not in w), max_size=20))
def test_words(tmp_path_factory: pytest.TempPathFactory, values: list[str | None]):
    profile = computed(tmp_path_factory.mktemp("p"), "VARCHAR", values)
    counts = Counter(value for value in values if value is not None)

    assert profile.distinct == len(counts)
    assert {each.value: each.count for each in profile.frequent} == {
        value: count for value, count in counts.items() if count > 1
    }


def test_bins_are_equal_steps(tmp_path: Path):
    start = date(2026, 1, 1)
    profile = computed(
        tmp_path, "DATE", [start + timedelta(days=n) for n in range(121)]
    )
    assert [each.count for each in profile.bins] == [10] * 11 + [11]


def test_of_many_rows_different_values_are_estimated(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr(computing, "EXACT_ROWS", 2)
    profile = computed(tmp_path, "DECIMAL(18,2)", [1, 2, 3])
    assert not profile.distinct_is_exact
    assert profile.distinct in (2, 3, 4)
    assert profile.quartiles


def test_long_texts_are_told_in_part(tmp_path: Path):
    profile = computed(tmp_path, "VARCHAR", ["字" * 10_000] * 2)
    assert [len(str(each.value)) for each in profile.frequent] == [200]


@pytest.mark.parametrize("kind", ["DECIMAL(18,2)", "DATE", "VARCHAR", "BOOLEAN"])
def test_no_values_at_all(tmp_path: Path, kind: str):
    profile = computed(tmp_path, kind, [None, None])
    assert (profile.empty, profile.distinct, profile.bins, profile.frequent) == (
        2,
        0,
        (),
        (),
    )
