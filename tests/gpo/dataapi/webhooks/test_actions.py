"""Webhooks are their owner's alone, bounded, and lead to public hosts."""

from __future__ import annotations

from typing import Any

import pytest

import ckan.plugins.toolkit as tk
from ckan import model
from ckan.lib.jobs import get_queue
from ckan.tests import factories
from ckan.tests.helpers import call_action

from ckanext.gpo.dataapi.webhooks import Webhook, sending

from ...conftest import ACTIVITIES, VENUES, Gate
from ...quality.versions import take_back
from .conftest import Receiver, Register, deliveries, messages, publish


def act(name: str, user: dict[str, Any], **data: Any) -> Any:
    """Call an action as somebody, with all rights asked."""
    context = {"user": user["name"], "ignore_auth": False}
    return call_action(f"gpo_dataapi_webhook_{name}", context, **data)


def test_the_secret_is_told_once(register: Register, owner: dict[str, Any]):
    created = register()
    assert created["secret"].startswith("whsec_")

    del created["secret"]
    assert act("show", owner, id=created["id"]) == created
    assert act("list", owner) == [created]
    assert created["title"]
    assert created["on"]
    assert created["topics"] == ["published", "withdrawn", "late", "shape"]


@pytest.mark.parametrize(
    ("address", "code"),
    [
        ("http://example.com/hook", "link-malformed"),
        ("ftp://example.com/hook", "link-malformed"),
        ("hook", "link-malformed"),
        ("https:///hook", "link-malformed"),
        ("https://127.0.0.1/hook", "link-private"),
        ("https://[::1]/hook", "link-private"),
        ("https://169.254.169.254/latest/meta-data", "link-private"),
        ("https://2130706433/hook", "link-private"),
        ("https://no-such-host.invalid/hook", "link-unresolved"),
    ],
)
def test_other_addresses_are_refused(
    register: Register, ckan_config: Any, monkeypatch: Any, address: str, code: str
):
    monkeypatch.setitem(ckan_config, "ckanext.gpo.dataapi.private_webhooks", False)

    with pytest.raises(tk.ValidationError) as refusal:
        register(address=address)

    assert refusal.value.error_dict["code"] == [code]
    assert model.Session.query(Webhook).count() == 0


@pytest.mark.parametrize(
    ("choice", "field"),
    [
        ({"address": ""}, "address"),
        ({"address": "https://a.example/" + "x" * 2_000}, "address"),
        ({"kind": "search", "key": "x"}, "kind"),
        ({"topics": ["opened"]}, "topics"),
        ({"topics": []}, "topics"),
        ({"topics": [{}]}, "topics"),
    ],
)
def test_other_choices_are_refused(
    register: Register, choice: dict[str, Any], field: str
):
    with pytest.raises(tk.ValidationError) as refusal:
        register(**choice)

    assert field in refusal.value.error_dict


@pytest.mark.parametrize("kind", ["dataset", "domain", "department"])
def test_what_is_not_public_is_not_there(register: Register, site: Gate, kind: str):
    key = site.dataset(ACTIVITIES)["id"]  # not published

    with pytest.raises(tk.ObjectNotFound):
        register(kind=kind, key=key)


def test_nobody_has_more_than_anybody_may(
    register: Register, ckan_config: Any, monkeypatch: Any
):
    monkeypatch.setitem(ckan_config, "ckanext.gpo.dataapi.most_webhooks", 2)
    register()
    register()

    with pytest.raises(tk.ValidationError) as refusal:
        register()

    assert refusal.value.error_dict["code"] == ["webhooks-many"]


@pytest.mark.parametrize("name", ["show", "update", "delete", "test", "delivery_list"])
def test_for_others_there_is_none(register: Register, name: str):
    webhook = register()
    other = factories.User()

    for id_ in (webhook["id"], "no-such-webhook"):
        with pytest.raises(tk.ObjectNotFound):
            act(name, other, id=id_)
    assert act("list", other) == []
    assert model.Session.query(Webhook).count() == 1


def test_others_redeliver_nothing(register: Register, site: Gate):
    register()
    publish(site, 1, 2)

    for id_ in (messages()[0].id, "no-such-message"):
        with pytest.raises(tk.ObjectNotFound):
            act("redeliver", factories.User(), id=id_)


@pytest.mark.parametrize("name", ["create", "list", "show"])
def test_without_an_account_there_are_none(site: Gate, name: str):
    data = {"address": "https://example.com/", "id": "x"}

    with pytest.raises((tk.NotAuthorized, tk.ObjectNotFound)):
        act(name, {"name": ""}, **data)


def test_the_log_tells_of_each_attempt(
    register: Register, site: Gate, receiver: Receiver, owner: dict[str, Any]
):
    webhook = register()
    publish(site, 1, 2)
    receiver.answer(500, body=b"out of order")
    sending.send_due(30)

    log = act("delivery_list", owner, id=webhook["id"])
    (entry,) = log["results"]
    assert (log["count"], log["waiting"]) == (1, 1)
    assert entry["milliseconds"] >= 0
    del entry["milliseconds"], entry["moment"]
    assert entry == {
        "message": messages()[0].id,
        "type": "dataset.published",
        "state": "waiting",
        "attempt": 1,
        "status": 500,
        "failure": "",
        "answer": "out of order",
    }


def test_a_message_is_sent_again_when_its_owner_wants_it(
    register: Register, site: Gate, receiver: Receiver, owner: dict[str, Any]
):
    register()
    publish(site, 1, 2)
    sending.send_due(30)
    id_ = messages()[0].id
    act("redeliver", owner, id=id_)

    assert sending.send_due(30) == 1
    assert [r.headers["webhook-id"] for r in receiver.requests] == [id_, id_]
    assert len(deliveries()) == 2


def test_what_is_not_public_any_more_is_not_sent_again(
    register: Register, site: Gate, receiver: Receiver, owner: dict[str, Any]
):
    register(topics=["published"])
    version = publish(site, 1, 2)
    sending.send_due(30)
    take_back(version)
    id_ = messages()[0].id
    act("redeliver", owner, id=id_)
    sending.send_due(30)

    assert len(receiver.requests) == 1
    with pytest.raises(tk.ValidationError):
        act("redeliver", owner, id=id_)


def test_a_test_is_queued_at_once(
    register: Register, clean_queues: None, owner: dict[str, Any]
):
    webhook = register()
    act("test", owner, id=webhook["id"])

    assert [job.func_name for job in get_queue().jobs] == [
        "ckanext.gpo.dataapi.webhooks.jobs.send_messages"
    ]


def test_nobody_floods_a_host_by_tests(register: Register, owner: dict[str, Any]):
    webhook = register()
    for _ in range(60):
        act("test", owner, id=webhook["id"])

    with pytest.raises(tk.ValidationError) as refusal:
        act("test", owner, id=webhook["id"])

    assert refusal.value.error_dict["code"] == ["webhook-busy"]


def test_what_is_switched_off_sends_nothing_until_it_is_on(
    register: Register, site: Gate, receiver: Receiver, owner: dict[str, Any]
):
    webhook = register()
    publish(site, 1, 2)
    changed = act("update", owner, id=webhook["id"], on=False)
    assert (changed["on"], changed["off"]) == (False, "owner")
    assert sending.send_due(30) == 0
    with pytest.raises(tk.ValidationError):
        act("test", owner, id=webhook["id"])

    act("update", owner, id=webhook["id"], on=True)
    assert sending.send_due(30) == 1


def test_what_is_deleted_leaves_nothing(
    register: Register, site: Gate, receiver: Receiver, owner: dict[str, Any]
):
    webhook = register()
    publish(site, 1, 2)
    sending.send_due(30)
    act("delete", owner, id=webhook["id"])

    assert not messages()
    assert not deliveries()
    assert act("list", owner) == []


def test_a_change_keeps_what_it_does_not_name(
    register: Register, site: Gate, owner: dict[str, Any]
):
    dataset = site.dataset(VENUES)
    webhook = register(kind="dataset", key=dataset["name"], topics=["late"])
    changed = act("update", owner, id=webhook["id"], topics=["shape", "published"])

    assert changed["key"] == dataset["id"]
    assert changed["address"] == webhook["address"]
    assert changed["topics"] == ["published", "shape"]
