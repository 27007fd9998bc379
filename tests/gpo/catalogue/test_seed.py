"""`ckan gpo-catalogue seed`: everything once, then only what changed."""

from __future__ import annotations

from typing import Any

import pytest

from ckan import model
from ckan.cli.cli import ckan
from ckan.tests.helpers import call_action

from .conftest import act

PASSWORDS = {
    "GPO_PASSWORD_ADMIN": "for-tests-admin",
    "GPO_PASSWORD_STEWARD": "for-tests-steward",
    "GPO_PASSWORD_DEVELOPER": "for-tests-developer",
}


def seed(cli: Any, **env: str | None) -> Any:
    return cli.invoke(ckan, ["gpo-catalogue", "seed"], env={**PASSWORDS, **env})


@pytest.mark.usefixtures("with_plugins")
def test_no_password_no_account(cli: Any):
    for missing in PASSWORDS:
        done = seed(cli, **{missing: None})
        assert done.exit_code != 0
        assert missing in done.output
        assert "no default passwords" in done.output


@pytest.mark.usefixtures("clean_db")
def test_the_whole_catalogue_twice(cli: Any):
    done = seed(cli)
    assert done.exit_code == 0, done.output
    assert "datasets: 30 created" in done.output
    assert "departments: 10 created" in done.output

    found = call_action(
        "package_search", fq="dataset_type:dataset", rows=100, include_private=True
    )
    assert found["count"] == 30
    assert all(dataset["private"] for dataset in found["results"])
    assert all(len(dataset["resources"]) == 1 for dataset in found["results"])
    items = call_action("package_search", fq="dataset_type:disclosure-item", rows=0)
    assert items["count"] >= 27

    admin, steward, developer = (
        model.User.get(n) for n in ("admin", "steward", "developer")
    )
    assert admin.sysadmin
    assert not steward.sysadmin
    assert steward.validate_password("for-tests-steward")
    assert len(steward.get_groups("organization", "admin")) == 10
    assert not developer.get_groups("organization")

    activities = model.Session.execute(model.meta.metadata.tables["activity"].select())
    before = len(list(activities))
    act("package_patch", id="item-tax-001", item_l2="改动")
    act("organization_patch", id="swj", phone="0")
    act("organization_member_create", id="sfj", username="steward", role="editor")
    again = seed(cli, GPO_PASSWORD_STEWARD="another-password")
    assert again.exit_code == 0, again.output
    assert "departments: 9 unchanged, 1 updated" in again.output
    assert "accounts: 2 unchanged, 1 updated" in again.output
    assert "roles: 1 created, 9 unchanged" in again.output
    assert "datasets: 30 unchanged" in again.output
    assert (
        f"disclosure items: {items['count'] - 1} unchanged, 1 updated" in again.output
    )
    model.Session.expire_all()
    assert model.User.get("steward").validate_password("another-password")
    activities = model.Session.execute(model.meta.metadata.tables["activity"].select())
    assert len(list(activities)) <= before + 5  # the edits above and their mending
