"""From what happens to the messages: who is told, of what, and never of what is not public."""

from __future__ import annotations

import json
from typing import Any

import pytest

from ckan import model
from ckan.tests.helpers import call_action

from ckanext.gpo.common.news import walk
from ckanext.gpo.dataapi.webhooks import sending

from ...conftest import ACTIVITIES, VENUES, Gate
from ...quality.versions import REASON, take_back
from .conftest import Receiver, Register, messages, publish


def types() -> list[str]:
    return [message.type for message in messages()]


@pytest.mark.parametrize(
    "choice",
    [
        {},
        {"kind": "dataset"},
        {"kind": "domain", "key": "culture"},
        {"kind": "department", "key": "wglj"},
        {"topics": ["published"]},
    ],
)
def test_what_was_chosen_is_told_once(
    site: Gate, register: Register, choice: dict[str, Any]
):
    if choice.get("kind") == "dataset":
        choice = {**choice, "key": site.dataset(VENUES)["name"]}
    register(**choice)
    publish(site, 1, 2)

    (message,) = messages()
    body = json.loads(message.body)
    dataset = site.dataset(VENUES)
    assert body["type"] == "dataset.published"
    assert body["data"] == {
        "kind": "dataset",
        "id": dataset["id"],
        "name": dataset["name"],
        "title": dataset["title"],
        "version": 2,
        "previous_version": 1,
        "rows": 2,
        "changes": {"added": 1, "removed": 0, "changed": 0, "unchanged": 1},
        "addresses": body["data"]["addresses"],
    }


def test_the_addresses_lead_there(app: Any, site: Gate, register: Register):
    register()
    publish(site, 1, 2)
    addresses = json.loads(messages()[0].body)["data"]["addresses"]

    assert set(addresses) == {"api", "feed", "page"}
    for address in addresses.values():
        assert app.get(address).status_code == 200


@pytest.mark.parametrize(
    "choice",
    [
        {"topics": ["withdrawn", "late", "shape"]},
        {"kind": "dataset", "key": ACTIVITIES},
    ],
)
def test_other_things_are_not_told(
    site: Gate, register: Register, choice: dict[str, Any]
):
    if choice.get("key") == ACTIVITIES:
        choice = {**choice, "key": site.dataset(ACTIVITIES)["id"]}
        _set_private(ACTIVITIES, site, private=False)
    register(**choice)
    publish(site, 1, 2)

    assert not messages()


def test_a_withdrawal_is_told_with_its_reason(site: Gate, register: Register):
    register(topics=["withdrawn"])
    version = publish(site, 1, 2)
    take_back(version)
    walk.walk(30)

    (message,) = messages()
    data = json.loads(message.body)["data"]
    assert message.type == "dataset.withdrawn"
    assert data["reason"] == REASON
    assert "rows" not in data


def test_of_what_was_withdrawn_before_it_was_sent_only_that_is_told(
    site: Gate, register: Register, receiver: Receiver
):
    register()
    take_back(publish(site, 1, 2))
    walk.walk(30)
    sending.send_due(30)

    assert [json.loads(r.body)["type"] for r in receiver.requests] == [
        "dataset.withdrawn"
    ]
    assert {m.type: m.state for m in messages()} == {
        "dataset.published": "dropped",
        "dataset.withdrawn": "delivered",
    }


def test_of_what_was_made_private_nothing_is_told(
    site: Gate, register: Register, receiver: Receiver
):
    register()
    publish(site, 1, 2)
    _set_private(VENUES, site, private=True)
    sending.send_due(30)

    assert not receiver.requests
    assert [message.state for message in messages()] == ["dropped"]


def test_who_is_switched_off_or_closed_is_not_told(
    site: Gate, register: Register, owner: dict[str, Any]
):
    webhook = register()
    as_owner = {"user": owner["name"]}
    call_action("gpo_dataapi_webhook_update", as_owner, id=webhook["id"], on=False)
    publish(site, 1, 2)
    assert not messages()

    call_action("gpo_dataapi_webhook_update", as_owner, id=webhook["id"], on=True)
    call_action("user_delete", _site(), id=owner["id"])
    publish(site, 1, 2, 3)
    assert not messages()


def _set_private(ref: str, site: Gate, *, private: bool) -> None:
    package = model.Package.get(site.dataset(ref)["id"])
    assert package
    package.private = private
    model.Session.commit()


def _site() -> dict[str, Any]:
    return {"user": call_action("get_site_user")["name"]}
