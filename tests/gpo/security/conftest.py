"""Who knocks, and what there is to knock at."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest

from ckan import model
from ckan.tests import factories

from tests.snapshot import Snapshots

from ..conftest import VENUES, Gate, row


@pytest.fixture(params=["anonymous", "account", "sysadmin"])
def reader(request: pytest.FixtureRequest) -> str:
    return request.param


@pytest.fixture
def headers(reader: str, known: dict[str, str]) -> dict[str, str]:
    """What makes a request one of the reader's."""
    if reader == "anonymous":
        return {}
    user = factories.UserWithToken(sysadmin=reader == "sysadmin")
    return {"Authorization": user["token"]}


@pytest.fixture
def known(gate: Gate, snapshots: Snapshots) -> dict[str, str]:
    """What there is, by the names of parameters: lets a call come past its look-up."""
    snapshots.prepare("known", lambda: gate.judge(VENUES, row(VENUES)), on="gate")
    dataset = gate.dataset(VENUES)
    name, resource = dataset["name"], dataset["resources"][0]["id"]
    return {
        "id": name,
        "dataset": name,
        "dataset_id": name,
        "package_id": name,
        "resource_id": resource,
        "format": "csv",
        "organization": "wglj",
        "owner_org": "wglj",
    }


@pytest.fixture
def undone(headers: dict[str, str]) -> Iterator[None]:
    """Whatever is written to CKAN's database meanwhile is taken back."""
    engine: Any = model.meta.engine
    with engine.connect() as connection:
        transaction = connection.begin()
        model.Session.remove()
        model.Session.configure(
            bind=connection, join_transaction_mode="create_savepoint"
        )
        yield
        model.Session.remove()
        transaction.rollback()
    model.Session.configure(bind=engine, join_transaction_mode="conditional_savepoint")
