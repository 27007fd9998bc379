"""A catalogue with two published tables, made once and then only looked at.

Seeding and publishing take seconds, so the tests share one state: `catalogue` makes it
when it is not there, and every test leaves it as it was.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from typing import Any

import pytest

from ckan import model
from ckan.lib.jobs import get_queue
from ckan.tests.helpers import call_action

from ckanext.gpo.catalogue import reference, seed
from ckanext.gpo.common.tables import table, tables

from ..worker import work_off

DOMAINS = ("tax", "food_drug")
ENTITIES = "food_drug/market_entities"
CREDIT = "tax/a_credit_taxpayers"
CODE = "91320402MA0000001P"
ROWS = {
    ENTITIES: [{"uscc": CODE}],
    CREDIT: [
        {"uscc": CODE, "year": "2025", "published_date": "2026-04-28"},
        {"uscc": CODE, "year": "2024", "published_date": "2025-04-28"},
    ],
}
"""What is published: the schemas' example rows with these changes."""


@pytest.fixture
def catalogue(request: pytest.FixtureRequest, non_clean_db: None) -> None:
    """Departments, domains, the items and datasets of two domains, `ROWS` published."""
    if _published() == {table(ref).dataset_name for ref in ROWS}:
        return
    for fixture in ("clean_db", "clean_queues"):
        request.getfixturevalue(fixture)
    for department in reference.departments():
        seed.ensure_department(department)
    for domain in reference.domains():
        seed.ensure_domain(domain)
    for ref, of in tables().items():
        if of.domain in DOMAINS:
            ensure(ref)
    for domain in DOMAINS:
        for written in reference.items(domain):
            seed.ensure_item(domain, written)
    for ref, rows in ROWS.items():
        _publish(ref, rows)


@pytest.fixture
def purged() -> Iterator[list[str]]:
    """Names of records to be gone after the test."""
    names: list[str] = []
    yield names
    for name in names:
        if model.Package.get(name):
            act("dataset_purge", id=name)


def as_reader(action: str, user: str = "", **data: Any) -> Any:
    """Call an action as a reader, by default one without an account."""
    context = {
        "user": user,
        "auth_user_obj": model.User.get(user),
        "ignore_auth": False,
    }
    return call_action(action, context, **data)


def act(action: str, **data: Any) -> Any:
    """Call an action as the platform."""
    user = call_action("get_site_user")["name"]
    return call_action(action, {"user": user}, **data)


def ensure(ref: str) -> dict[str, Any]:
    """Run the action that makes a dataset's record, as the platform."""
    return act("gpo_catalogue_dataset_ensure", table_ref=ref)


def dataset(ref: str) -> dict[str, Any]:
    """A dataset's record as in the database."""
    return call_action("package_show", {"use_cache": False}, id=table(ref).dataset_name)


def _published() -> set[str]:
    query = model.Session.query(model.Package.name).filter_by(
        type="dataset", private=False, state="active"
    )
    return {name for (name,) in query}


def _publish(ref: str, rows: list[dict[str, str]]) -> None:
    of = table(ref)
    good = {f["name"]: str(f.get("example", "")) for f in of.fields}
    text = io.StringIO()
    writer = csv.DictWriter(text, list(good))
    writer.writeheader()
    writer.writerows(good | row for row in rows)
    version = act(
        "gpo_quality_version_submit",
        dataset=of.dataset_name,
        upload=io.BytesIO(text.getvalue().encode()),
        source="test",
    )
    queue = get_queue("gpo-quality")
    work_off(queue)
    judged = act("gpo_quality_version_show", id=version["id"])
    assert judged["state"] == "published", judged["report"]
