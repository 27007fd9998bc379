"""Pages of a version's Parquet file are those of the rows in PostgreSQL."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ckanext.gpo.dataapi import query
from ckanext.gpo.dataapi.query import Order, Page, Selection

from .conftest import NAME, Stage, words, write_parquet
from .test_columnar import FILTERS, KINDS, ROWS, TABLE, Opened, Q

VERSION = 3
ORDERS = st.sampled_from(
    [("", False), *((name, falls) for name in KINDS for falls in (True, False))]
)
STEPS = st.lists(st.booleans(), max_size=4)
"""Whether one goes on to the next page or back."""


@pytest.fixture
def opened(stage: Stage) -> Opened:
    return stage(TABLE, ROWS)


def test_the_same_pages(opened: Opened, folder: Path):
    path = write_parquet(TABLE, folder)
    with (
        opened() as run,
        query.run_on_file(path, path.parent, 60, words) as file_run,
    ):
        fields = query.parquet_fields(TABLE, file_run.types)

        @given(
            raw=FILTERS,
            q=Q,
            by=ORDERS,
            limit=st.sampled_from([0, 1, 7, 1000]),
            steps=STEPS,
        )
        def check(
            raw: dict[str, Any],
            q: tuple[str, ...],
            by: tuple[str, bool],
            limit: int,
            steps: list[bool],
        ) -> None:
            condition = query.parse_filters(raw, fields, words)
            selection = Selection(NAME, fields, condition, q)
            order = Order(fields.get(by[0]), by[1])
            question = (selection, list(fields.values()), order, limit, VERSION, words)
            places: dict[str, Any] = {}
            for is_forward in [*steps, True]:
                expected = query.read_page(run, *question, **places)
                answer = query.read_page_of_file(file_run, *question, **places)
                assert answer == expected
                places = _step(answer, is_forward)
            assert query.count_in_file(file_run, selection, query.COUNTED) == (
                query.count(run, selection, 0)
            )

        check()


def _step(page: Page, is_forward: bool) -> dict[str, Any]:
    if is_forward:
        return {"page_after": page.next} if page.next else {}
    return {"page_before": page.previous} if page.previous else {}


def test_a_count_without_and_with_an_end(opened: Opened, folder: Path):
    path = write_parquet(TABLE, folder)
    with query.run_on_file(path, path.parent, 60, words) as run:
        selection = Selection(NAME, query.parquet_fields(TABLE, run.types))
        assert query.count_in_file(run, selection) == query.Total(119, is_exact=True)
        some = query.count_in_file(run, selection, 10)
        assert some == query.Total(10, is_exact=False)
