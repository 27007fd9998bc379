"""A department or domain in which something stands is neither lost nor renamed."""

from __future__ import annotations

from typing import Any

import pytest

import ckan.plugins.toolkit as tk
from ckan import model
from ckan.tests import factories

from ckanext.gpo.catalogue import reference

from .conftest import act, as_reader

pytestmark = pytest.mark.usefixtures("catalogue")

LOSSES = [
    (action, changes)
    for action in ("patch", "update")
    for changes in ({"state": "deleted"}, {"state": "pending"}, {"name": "renamed"})
]


@pytest.fixture
def head() -> str:
    """An administrator of a department and of a domain, both with datasets."""
    name = factories.User()["name"]
    act("organization_member_create", id="scjg", username=name, role="admin")
    act("group_member_create", id="food_drug", username=name, role="admin")
    return name


@pytest.mark.parametrize(("action", "changes"), LOSSES)
@pytest.mark.parametrize(
    ("kind", "name", "code"),
    [
        ("organization", "scjg", "department-in-use"),
        ("group", "food_drug", "domain-in-use"),
    ],
)
def test_changes(
    head: str, kind: str, name: str, code: str, action: str, changes: dict[str, Any]
):
    stored = act(f"{kind}_show", id=name) if action == "update" else {}
    for user in (head, factories.Sysadmin()["name"]):
        with pytest.raises(tk.ValidationError) as refusal:
            as_reader(
                f"{kind}_{action}", user=user, **{**stored, "id": name, **changes}
            )
        assert refusal.value.error_dict["code"] == [code]
        (field,) = changes
        assert refusal.value.error_dict[field]
    model.Session.rollback()
    assert act(f"{kind}_show", id=name)["state"] == "active"


@pytest.mark.parametrize(
    ("action", "name"),
    [
        ("organization_delete", "scjg"),
        ("organization_purge", "scjg"),
        ("group_delete", "food_drug"),
        ("group_delete", "scjg"),
        ("group_purge", "food_drug"),
    ],
)
def test_deletion(action: str, name: str):
    with pytest.raises(tk.ValidationError):
        as_reader(action, user=factories.Sysadmin()["name"], id=name)
    model.Session.rollback()
    assert model.Group.get(name).state == "active"


def test_other_changes_and_empty_ones_stay_free(head: str):
    described = {"id": "scjg", "description_en": "Markets"}
    assert as_reader("organization_patch", user=head, **described)
    sysadmin = factories.Sysadmin()["name"]
    described = reference.domains()[0] | {"name": "empty-domain", "order": 99}
    empty = act("group_create", **described)
    renamed = as_reader(
        "group_patch", user=sysadmin, id=empty["id"], name="empty-renamed"
    )
    assert renamed["name"] == "empty-renamed"
    as_reader("group_delete", user=sysadmin, id=empty["id"])
    act("group_purge", id=empty["id"])
