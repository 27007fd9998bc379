"""A dataset with two public versions, and a reader without an account."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from ckanext.gpo.common.tables import table

from tests.snapshot import Snapshots

from ...conftest import VENUES, Gate, row

NAME = table(VENUES).dataset_name
CODES = [f"WH32040200{number:02}" for number in range(10, 22)]
FORMULA = "=HYPERLINK(1)"
AREAS = {1: "100.5", 2: "200.25"}

Fetch = Callable[..., Any]


@pytest.fixture
def published(gate: Gate, snapshots: Snapshots) -> Gate:
    """Two versions of twelve venues; one name is a formula, one has all that needs care."""
    names = [f"示例站{code}" for code in CODES]
    names[1] = FORMULA
    names[2] = '文化,馆"<甲&乙>\\'

    def publish() -> None:
        for area in AREAS.values():
            rows = [
                row(VENUES, venue_code=code, venue_name=name, floor_area=area)
                for code, name in zip(CODES, names, strict=True)
            ]
            assert gate.judge(VENUES, *rows)["state"] == "published"

    snapshots.prepare("exports", publish, on="gate")
    return gate


@pytest.fixture
def fetch(app: Any, published: Gate) -> Fetch:
    """Ask for an export as a reader without an account does."""

    def get(
        form: str,
        headers: dict[str, str] | None = None,
        method: str = "GET",
        **parameters: str,
    ) -> Any:
        return app.client.open(
            f"/api/gpo/v1/datasets/{NAME}/export.{form}",
            query_string=parameters,
            headers=headers or {},
            method=method,
        )

    return get
