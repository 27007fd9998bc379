"""A site with two public datasets, one of them in its second version, and readers of it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from ckanext.gpo.common.tables import table

from tests.snapshot import Snapshots

from ...conftest import ACTIVITIES, VENUES, Gate, Shown, row

NAME = table(VENUES).dataset_name
CODES = [f"WH32040200{number:02}" for number in range(10, 22)]
BASE = "/api/gpo/v1"

PLACES: dict[str, Any] = {
    "dataset": NAME,
    "key": CODES[0],
    "number": 2,
    "field": "street",
    "domain": "culture",
    "item": "item-culture-001",
    "chain": "project",
    "code": "2017-320402-48-01-500001",
    "form": "json",
}
"""What there is, by the places of paths."""

Get = Callable[..., Any]


def venues(**changes: str) -> list[dict[str, str]]:
    return [
        row(VENUES, venue_code=code, venue_name=f"示例站{code}", **changes)
        for code in CODES
    ]


@pytest.fixture
def published(shown: Shown, gate: Gate, snapshots: Snapshots) -> Gate:
    """All domains; the venues public in several versions, and the activities in one."""

    def publish() -> None:
        for area in ("100.5", "200"):
            assert gate.judge(VENUES, *venues(floor_area=area))["state"] == "published"
        activity = gate.judge(ACTIVITIES, row(ACTIVITIES, venue_code=CODES[0]))
        assert activity["state"] == "published"

    snapshots.prepare("rest", publish, on="shown")
    return gate


@pytest.fixture
def get(app: Any, published: Gate) -> Get:
    """What an address below the base answers to a reader without an account."""

    def get(path: str, **kwargs: Any) -> Any:
        return app.test_client().get(f"{BASE}/{path}", **kwargs)

    return get
