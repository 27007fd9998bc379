"""A site with published tables of culture, whose records can be found."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from ckan.tests.helpers import call_action

from ckanext.gpo.search.record_finder import reconcile

from tests.snapshot import Snapshots

from ...conftest import ACTIVITIES, VENUES, Gate, row

Find = Callable[..., dict[str, Any]]

DRAGON, PLUM = "WH3204020001", "WH3204020002"


def venue(code: str, name: str, address: str) -> dict[str, str]:
    return row(VENUES, venue_code=code, venue_name=name, address=address)


@pytest.fixture
def find() -> Find:
    """What anybody finds, or whoever is in the context."""

    def ask(
        q: str, context: dict[str, Any] | None = None, **more: Any
    ) -> dict[str, Any]:
        context = context or {"ignore_auth": False, "user": ""}
        return call_action("gpo_search_record_find", context, q=q, **more)

    return ask


@pytest.fixture
def venues(gate: Gate, snapshots: Snapshots) -> Gate:
    """Two venues and an activity are published, and indexed."""
    snapshots.prepare("found-venues", lambda: _publish(gate), on="gate")
    assert reconcile()
    return gate


def _publish(gate: Gate) -> None:
    gate.judge(
        VENUES,
        venue(DRAGON, "青龙文化站", "青龙西路12号"),
        venue(PLUM, "红梅图书馆", "红梅南路3号"),
    )
    gate.judge(ACTIVITIES, row(ACTIVITIES, venue_code=DRAGON))
