"""Datasets for the gate to judge, and a worker that judges them."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import pytest

import ckan.plugins.toolkit as tk
from ckan.lib.jobs import get_queue
from ckan.tests import factories
from ckan.tests.helpers import call_action

from ckanext.gpo.catalogue import reference, seed
from ckanext.gpo.common.tables import table
from ckanext.gpo.quality import jobs

from tests.snapshot import Snapshots

from .worker import work_off

VENUES = "culture/culture_venues"
ACTIVITIES = "culture/culture_activities"


@pytest.fixture
def gate(clean_db: None, clean_queues: None, snapshots: Snapshots) -> Gate:
    """A gate with the two datasets of culture, nothing handed in yet."""
    snapshots.prepare("gate", _seed_culture)
    return Gate()


def _seed_culture() -> None:
    for department in reference.departments():
        if department["name"] == "wglj":
            seed.ensure_department(department)
    for domain in reference.domains():
        if domain["name"] == "culture":
            seed.ensure_domain(domain)
    for ref in (VENUES, ACTIVITIES):
        call_action("gpo_catalogue_dataset_ensure", _as_site(), table_ref=ref)


@pytest.fixture
def steward() -> dict[str, str]:
    """Headers of a clerk of the department that owns the datasets of culture."""
    user = factories.UserWithToken()
    call_action(
        "organization_member_create",
        {"user": call_action("get_site_user")["name"]},
        id="wglj",
        username=user["name"],
        role="admin",
    )
    return {"Authorization": user["token"]}


class Gate:
    """Hands in candidates as a harvest does and lets the worker decide."""

    def submit(
        self,
        ref: str,
        *rows: dict[str, str],
        content: bytes | None = None,
        source: str = "probe",
        declaration: dict[str, Any] | None = None,
    ) -> dict[str, Any]:
        """Hand in rows (or raw bytes) for a table; returns the version as received."""
        if content is None:
            content = as_csv(ref, *rows)
        return call_action(
            "gpo_quality_version_submit",
            _as_site(),
            dataset=table(ref).dataset_name,
            upload=io.BytesIO(content),
            source=source,
            origin={"label": "probe.csv", "row_offset": 2},
            declaration=declaration or {},
        )

    def decide(self) -> None:
        """Let a worker do all jobs that wait, and those that these enqueue."""
        queue = get_queue(jobs.QUEUE)
        errors = "\n".join(work_off(queue))
        assert not queue.failed_job_registry.get_job_ids(), errors
        # A job that failed is set down to be run again.
        assert not queue.scheduled_job_registry.get_job_ids(), errors

    def show(self, version: dict[str, Any]) -> dict[str, Any]:
        return call_action("gpo_quality_version_show", id=version["id"])

    def judge(self, ref: str, *rows: dict[str, str], **kwargs: Any) -> dict[str, Any]:
        """Submit, decide, show."""
        version = self.submit(ref, *rows, **kwargs)
        self.decide()
        return self.show(version)

    def dataset(self, ref: str) -> dict[str, Any]:
        return call_action("package_show", id=table(ref).dataset_name)

    def rows(self, ref: str) -> list[dict[str, Any]]:
        """What the DataStore has for the table; empty if it has none."""
        resource = self.dataset(ref)["resources"][0]["id"]
        try:
            found = call_action("datastore_search", resource_id=resource, sort="_id")
        except tk.ObjectNotFound:
            return []
        return found["records"]


def _as_site() -> dict[str, Any]:
    return {"user": call_action("get_site_user")["name"]}


def row(ref: str, **changes: str) -> dict[str, str]:
    """A good row of a table: the schema's own examples, with changes."""
    good = {f["name"]: str(f.get("example", "")) for f in table(ref).fields}
    return good | changes


def as_csv(ref: str, *rows: dict[str, str]) -> bytes:
    text = io.StringIO()
    writer = csv.DictWriter(text, [f["name"] for f in table(ref).fields])
    writer.writeheader()
    writer.writerows(rows)
    return text.getvalue().encode()


@pytest.fixture
def as_anonymous(app: Any) -> Callable[..., Any]:
    """Call the API as a reader without an account: status and answer."""

    def call(action: str, **params: str) -> tuple[int, Any]:
        answer = app.get(f"/api/3/action/{action}", query_string=params)
        return answer.status_code, answer.json.get("result")

    return call


@pytest.fixture
def fresh(clean_db: None) -> None:
    """A site on which nobody has run `ckan gpo-catalogue seed` yet."""


@dataclass(frozen=True)
class Shown:
    """What the pages are asked for."""

    passed: dict[str, Any]
    rejected: dict[str, Any]


@pytest.fixture
def shown(gate: Gate, snapshots: Snapshots) -> Shown:
    """All nine domains; the venues of culture public, its activities rejected."""
    return snapshots.prepare("shown", lambda: _show(gate), on="gate")


def _show(gate: Gate) -> Shown:
    for domain in reference.domains():
        seed.ensure_domain(domain)
    seed.ensure_item("culture", reference.items("culture")[0])
    passed = gate.judge(VENUES, row(VENUES))
    rejected = gate.judge(ACTIVITIES, row(ACTIVITIES, venue_code="无此场馆"))
    assert passed["state"] == "published"
    assert rejected["state"] == "rejected"
    return Shown(passed, rejected)
