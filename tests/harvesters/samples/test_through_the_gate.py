"""Every table: out of its system, through its source's YAML, before the gate."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from ckanext.gpo.common.tables import tables

from gpo_samples import systems

from .conftest import FAULTY, Harvested

Judge = Callable[[Any, Harvested], dict[str, Any]]

EXPECTED = {
    "planning/plan_publicity": {
        ("primary-key", None): 1,
        ("constraint-error", "publicity_days"): 2,
        ("constraint-error", "plan_type"): 1,
        ("constraint-error", "phone"): 1,
    },
    "food_drug/food_sampling": {
        ("primary-key", None): 1,
        ("foreign-key", "uscc"): 2,
        ("code-error", "uscc"): 1,
        ("constraint-error", "conclusion"): 1,
        ("type-error", "sampling_date"): 1,
        ("constraint-error", "food_name"): 1,
    },
    "culture/culture_activities": {
        ("primary-key", None): 1,
        ("foreign-key", "venue_code"): 1,
        ("type-error", "start_date"): 1,
        ("constraint-error", "activity_name"): 1,
        ("number-doubtful", "capacity"): 1,
        ("constraint-error", "activity_type"): 1,
    },
    "legal/notary_fees": {
        ("number-doubtful", "fee"): 1,
        ("type-error", "fee"): 1,
        ("constraint-error", "category"): 1,
        ("constraint-error", "pricing"): 1,
        ("constraint-error", "rate"): 1,
        ("type-error", "effective_date"): 1,
    },
}


def test_every_table_has_exactly_one_source(sources: dict[str, Any]) -> None:
    assert sources.keys() == tables().keys()


@pytest.mark.parametrize("ref", sorted(tables().keys() - FAULTY))
def test_good_table_passes(
    ref: str, harvested: dict[str, Harvested], judge: Judge
) -> None:
    report = judge(tables()[ref], harvested[ref])
    assert report["errors"][:5] == []
    assert report["valid"]
    assert report["rows"] == len(harvested[ref].rows)


@pytest.mark.parametrize("ref", sorted(FAULTY))
def test_faulty_table_is_rejected_for_its_mistakes(
    ref: str, harvested: dict[str, Harvested], judge: Judge
) -> None:
    report = judge(tables()[ref], harvested[ref])
    found = {(c["rule"], c["field"]): c["count"] for c in report["counts"]}
    assert found == EXPECTED[ref]


@pytest.mark.parametrize("ref", sorted(FAULTY))
def test_mended_table_passes(
    ref: str,
    drop_folder: Path,
    harvest_table: Callable[[str], Harvested],
    judge: Judge,
    harvested: dict[str, Harvested],
) -> None:
    correctable = systems.CORRECTABLE[ref.partition("/")[2]]
    before = len(harvested[ref].rows)
    correctable.write(drop_folder, mended=True)
    try:
        mended = harvest_table(ref)
        assert judge(tables()[ref], mended)["errors"] == []
        assert len(mended.rows) == before
    finally:
        correctable.write(drop_folder, mended=False)


def test_the_register_is_large(harvested: dict[str, Harvested]) -> None:
    assert len(harvested["food_drug/market_entities"].rows) >= 52_000


def test_other_tables_are_of_a_department_s_size(
    harvested: dict[str, Harvested],
) -> None:
    sizes = {ref: len(found.rows) for ref, found in harvested.items()}
    small = {ref for ref, size in sizes.items() if size < 100}
    # Yearly figures of the country, and a price list.
    yearly = {ref for ref, table in tables().items() if table.primary_key == ("year",)}
    assert small == yearly | {"legal/notary_fees"}
    del sizes["food_drug/market_entities"]
    assert max(sizes.values()) <= 6_000
