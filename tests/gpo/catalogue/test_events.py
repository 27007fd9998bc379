"""What happens to the catalogue leaves an event."""

from __future__ import annotations

from itertools import groupby

import pytest

from ckan import model
from ckan.tests.helpers import call_action

from ckanext.gpo.catalogue import reference, seed
from ckanext.gpo.common import ledger

from ..conftest import VENUES, Gate

pytestmark = pytest.mark.usefixtures("clean_db")

DEPARTMENT = reference.departments()[0]
DOMAIN = reference.domains()[0]


def _call(action: str, **params: str) -> None:
    call_action(action, {"user": call_action("get_site_user")["name"]}, **params)


def _steps(id_: str) -> list[str]:
    """What happened, without repetitions: one change may take several commits."""
    events = ledger.events(room="catalogue", subject=id_)
    return [what for what, _ in groupby(events, key=lambda event: event.what)]


def test_a_record_from_its_first_day_to_its_last(gate: Gate):
    dataset = gate.dataset(VENUES)
    id_ = dataset["id"]

    _call("package_patch", id=id_, notes="changed")
    _call("package_delete", id=id_)
    _call("dataset_purge", id=id_)

    assert _steps(id_) == ["created", "changed", "deleted", "purged"]
    (first, *_) = ledger.events(subject=id_)
    assert (first.kind, first.parent) == ("dataset", dataset["owner_org"])
    assert first.facts["name"] == dataset["name"]


@pytest.mark.parametrize("kind", ["organization", "group"])
def test_a_department_or_domain_from_its_first_day_to_its_last(kind: str):
    seed.ensure_department(DEPARTMENT)
    seed.ensure_domain(DOMAIN)
    name = (DEPARTMENT if kind == "organization" else DOMAIN)["name"]
    group = model.Group.get(name)
    assert group

    _call(f"{kind}_patch", id=group.id, description="changed")
    _call(f"{kind}_delete", id=group.id)
    _call(f"{kind}_purge", id=group.id)

    assert _steps(group.id) == ["created", "changed", "deleted", "purged"]
