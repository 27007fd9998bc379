"""A site with one public and one rejected dataset, for the pages to show."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import pytest

from ckanext.gpo.catalogue import reference, seed

from ..conftest import ACTIVITIES, VENUES, Gate, row


@dataclass(frozen=True)
class Shown:
    """What the pages are asked for."""

    passed: dict[str, Any]
    rejected: dict[str, Any]


@pytest.fixture
def fresh(clean_db: None) -> None:
    """A site on which nobody has run `ckan gpo-catalogue seed` yet."""


@pytest.fixture
def shown(gate: Gate) -> Shown:
    """All nine domains; the venues of culture public, its activities rejected."""
    for domain in reference.domains():
        seed.ensure_domain(domain)
    seed.ensure_item("culture", reference.items("culture")[0])
    passed = gate.judge(VENUES, row(VENUES))
    rejected = gate.judge(ACTIVITIES, row(ACTIVITIES, venue_code="无此场馆"))
    assert passed["state"] == "published"
    assert rejected["state"] == "rejected"
    return Shown(passed, rejected)
