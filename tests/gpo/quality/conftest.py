"""Everybody who could try to get round the gate, and what the public sees meanwhile."""

from __future__ import annotations

import copy
from dataclasses import dataclass
from typing import Any

import pytest

import ckan.plugins.toolkit as tk
from ckan import model
from ckan.tests import factories
from ckan.tests.helpers import call_action

from ckanext.gpo.catalogue import reference, seed
from ckanext.gpo.common.tables import table

from tests.snapshot import Snapshots

from ..conftest import VENUES, Gate, row

NAME = table(VENUES).dataset_name
OTHER = "swj"
REFUSALS = {403, 404, 409}
"""Not authorised, not found, not valid; 200 and 500 are not among them."""


@dataclass(frozen=True)
class People:
    """Callers of the API over HTTP, as `ckanapi` calls it; `""` has no account."""

    app: Any
    tokens: dict[str, str]

    def headers(self, who: str) -> dict[str, str]:
        return {"Authorization": self.tokens[who]} if who else {}

    def ask(self, who: str, action: str, **params: Any) -> tuple[int, Any]:
        answer = self.app.post(
            f"/api/3/action/{action}", json=params, headers=self.headers(who)
        )
        return answer.status_code, answer.json.get("result", answer.json.get("error"))

    def refused(self, action: str, **params: Any) -> None:
        """Nobody may do it, code with `ignore_auth` neither, and nothing public changes."""
        before = self.public()
        for who in self.tokens:
            status, answer = self.ask(who, action, **copy.deepcopy(params))
            assert status in REFUSALS, (who or "anonymous", status, answer)
        site = {"ignore_auth": True, "user": call_action("get_site_user")["name"]}
        with pytest.raises((tk.ValidationError, tk.NotAuthorized, tk.ObjectNotFound)):
            call_action(action, site, **copy.deepcopy(params))
        assert self.public() == before

    def public(self) -> dict[str, Any]:
        """What a reader without an account gets of the venues, by every door."""
        _, dataset = self.ask("", "package_show", id=NAME)
        resources = dataset.get("resources") or [{"id": "none"}]
        return {
            "dataset": dataset,
            "rows": self.ask("", "datastore_search", resource_id=resources[0]["id"]),
            "found": self.ask("", "package_search", q="*:*")[1]["count"],
            "file": self.file(),
            "dcat": NAME in self.app.get("/catalog.ttl").body,
        }

    def file(self, who: str = "", kind: str = "csv") -> tuple[int, bytes]:
        """A download: its status, and what it is if it is one."""
        answer = self.app.get(
            f"/dataset/{NAME}/download/{NAME}.{kind}", headers=self.headers(who)
        )
        return answer.status_code, answer.data if answer.status_code == 200 else b""


@pytest.fixture
def people(gate: Gate, app: Any, snapshots: Snapshots) -> People:
    """Nobody, two clerks of the department, a clerk of another one, a sysadmin."""
    return People(app, snapshots.prepare("people", _make_people, on="gate"))


def _make_people() -> dict[str, str]:
    site = {"user": call_action("get_site_user")["name"]}
    (other,) = [d for d in reference.departments() if d["name"] == OTHER]
    seed.ensure_department(other)
    tokens = {"": ""}
    for who, department, role in (
        ("editor", "wglj", "editor"),
        ("admin", "wglj", "admin"),
        ("outsider", OTHER, "editor"),
    ):
        user = factories.UserWithToken(name=f"the-{who}")
        call_action(
            "organization_member_create",
            dict(site),
            id=department,
            username=user["name"],
            role=role,
        )
        tokens[who] = user["token"]
    tokens["sysadmin"] = factories.SysadminWithToken(name="the-sysadmin")["token"]
    return tokens


@pytest.fixture
def private(people: People, gate: Gate) -> dict[str, Any]:
    """The dataset of the venues before anything was handed in."""
    return gate.dataset(VENUES)


@pytest.fixture
def published(people: People, gate: Gate, snapshots: Snapshots) -> dict[str, Any]:
    """The dataset of the venues with a published version."""
    snapshots.prepare("published", lambda: gate.judge(VENUES, row(VENUES)), on="people")
    return gate.dataset(VENUES)


@pytest.fixture
def resource(published: dict[str, Any]) -> dict[str, Any]:
    return published["resources"][0]


def copy_of(dataset: dict[str, Any], **changes: Any) -> dict[str, Any]:
    """The metadata of a dataset, to make another one of it."""
    left_out = (
        "id",
        "groups",
        "resources",
        "metadata_created",
        "metadata_modified",
        "res_code",
    )
    kept = {key: value for key, value in dataset.items() if key not in left_out}
    other = {"name": "mine", "title": "另一个数据集", "table_ref": ""}
    return (
        kept
        | {"fmt_class": "01", "fmt_type": "pdf", "share_mode_type": "file"}
        | (other | changes)
    )


@pytest.fixture
def staff(gate: Gate) -> dict[str, dict[str, Any]]:
    """Contexts of somebody without account, of another department, of this one."""
    other = next(d for d in reference.departments() if d["name"] != "wglj")
    seed.ensure_department(other)
    users = {who: factories.User()["name"] for who in ("reader", "other", "editor")}
    for org, who in ((other["name"], "other"), ("wglj", "editor")):
        call_action(
            "organization_member_create",
            {"user": call_action("get_site_user")["name"]},
            id=org,
            username=users[who],
            role="editor",
        )
    contexts = {who: {"user": name, "model": model} for who, name in users.items()}
    return contexts | {"anonymous": {"user": "", "model": model}}
