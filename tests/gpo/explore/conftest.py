"""One project and one enterprise, published by eight departments' tables."""

from __future__ import annotations

import pytest

from ckan.tests.helpers import call_action

from ckanext.gpo.catalogue import reference, seed
from ckanext.gpo.common.tables import table

from tests.snapshot import Snapshots

from ..conftest import Gate, row

PROJECT = "2017-320402-48-01-500001"
ENTERPRISE = "91320402MA0000001P"
OTHER = "91320402MA0000002T"
"""Another enterprise, of which only tests' own rows tell."""

CHAINS = (
    "food_drug/market_entities",
    "food_drug/food_licences",
    "food_drug/food_inspections",
    "food_drug/food_sampling",
    "environment/environmental_penalties",
    "safety/safety_penalties",
    "tax/tax_arrears",
    "tax/a_credit_taxpayers",
    "construction/project_approvals",
    "planning/land_use_permits",
    "planning/construction_planning_permits",
    "environment/eia_approvals",
    "construction/bid_results",
    "construction/construction_permits",
    "safety/construction_supervision",
    "construction/completion_acceptances",
)
"""The tables of both chains, what others refer to first."""


@pytest.fixture
def chains(gate: Gate, snapshots: Snapshots) -> Gate:
    """The tables of both chains, each published with the row of its examples."""
    snapshots.prepare("chains", lambda: _publish(gate), on="gate")
    return gate


def _publish(gate: Gate) -> None:
    for department in reference.departments():
        seed.ensure_department(department)
    for domain in reference.domains():
        seed.ensure_domain(domain)
    site = call_action("get_site_user")["name"]
    for ref in CHAINS:
        call_action("gpo_catalogue_dataset_ensure", {"user": site}, table_ref=ref)
        version = gate.judge(ref, row(ref))
        assert version["state"] == "published", (ref, version["report"])


def hide(ref: str) -> None:
    """Make the dataset of a table private."""
    site = call_action("get_site_user")["name"]
    name = table(ref).dataset_name
    call_action("package_patch", {"user": site}, id=name, private=True)
