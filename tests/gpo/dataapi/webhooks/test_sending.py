"""Messages arrive signed, at least once, under one id; what fails is tried again."""

from __future__ import annotations

import json
import socket
from datetime import timedelta
from typing import Any

import pytest
from standardwebhooks import Webhook as Checker
from standardwebhooks.webhooks import WebhookVerificationError

from ckan import model
from ckan.lib.jobs import get_queue
from ckan.tests.helpers import call_action

from ckanext.gpo.common.links import guard
from ckanext.gpo.common.notices.model import Notice
from ckanext.gpo.common.notices.schedule import ATTEMPTS
from ckanext.gpo.dataapi.webhooks import (
    Webhook,
    jobs,
    outcomes,
    request,
    sending,
    upkeep,
)

from ...conftest import Gate
from .conftest import (
    Clock,
    Receiver,
    Register,
    deliveries,
    messages,
    publish,
    stored,
)


@pytest.fixture
def webhook(site: Gate, register: Register) -> dict[str, Any]:
    """A webhook to which one message is due."""
    registered = register()
    publish(site, 1, 2)
    return registered


def test_the_library_takes_the_signature(webhook: dict[str, Any], receiver: Receiver):
    assert sending.send_due(30) == 1

    (came,) = receiver.requests
    event = Checker(webhook["secret"]).verify(came.body, came.headers)
    assert event["type"] == "dataset.published"
    assert came.path == "/hook?from=gpo"
    assert came.headers["Host"] == f"127.0.0.1:{receiver.port}"
    assert came.headers["Content-Type"].startswith("application/json")
    assert came.headers["webhook-id"] == messages()[0].id
    with pytest.raises(WebhookVerificationError):
        Checker(webhook["secret"]).verify(came.body + b" ", came.headers)


def test_the_secret_is_not_readable_in_the_database(webhook: dict[str, Any]):
    plain = webhook["secret"].removeprefix("whsec_")

    assert plain not in stored(webhook).secret


def test_what_was_delivered_is_not_sent_again(
    webhook: dict[str, Any], receiver: Receiver, time: Clock
):
    sending.send_due(30)
    time.ahead += timedelta(days=1)

    assert sending.send_due(30) == 0
    assert len(receiver.requests) == 1


def test_after_an_error_it_is_sent_again_under_the_same_id(
    webhook: dict[str, Any], receiver: Receiver, time: Clock
):
    receiver.answer(500, 503, 200, body="处理不了\x00".encode() * 200)
    sending.send_due(30)
    assert sending.send_due(30) == 0  # not at once
    assert len(receiver.requests) == 1
    assert stored(webhook).failing

    time.ahead += timedelta(minutes=1)
    sending.send_due(30)
    time.ahead += timedelta(minutes=1)
    assert sending.send_due(30) == 0  # the second pause is longer
    time.ahead += timedelta(minutes=1)
    assert sending.send_due(30) == 1

    assert len({came.headers["webhook-id"] for came in receiver.requests}) == 1
    assert len({came.body for came in receiver.requests}) == 1
    attempts = [(d.attempt, d.status, d.failure) for d in deliveries()]
    assert attempts == [(1, 500, ""), (2, 503, ""), (3, 200, "")]
    assert deliveries()[0].answer == ("处理不了 " * 40)[:200].strip()
    assert stored(webhook).failing is None


def test_a_redirect_is_not_followed(webhook: dict[str, Any], receiver: Receiver):
    receiver.answer(302, Location="/elsewhere")
    sending.send_due(30)

    assert [came.path for came in receiver.requests] == ["/hook?from=gpo"]
    assert deliveries()[0].status == 302
    assert messages()[0].state == "waiting"


def test_who_does_not_answer_is_given_up(
    webhook: dict[str, Any], receiver: Receiver, monkeypatch: pytest.MonkeyPatch
):
    real_ask = request.ask
    monkeypatch.setattr(request, "ask", lambda *a, **k: real_ask(*a, seconds=0.2, **k))
    receiver.hold.clear()
    sending.send_due(30)

    assert [(d.status, d.failure) for d in deliveries()] == [(None, "link-away")]
    assert messages()[0].state == "waiting"


def test_a_closed_port_is_no_answer(webhook: dict[str, Any], receiver: Receiver):
    with socket.create_server(("127.0.0.1", 0)) as closed:
        port = closed.getsockname()[1]
    stored(webhook).address = f"http://127.0.0.1:{port}/"
    model.Session.commit()
    sending.send_due(30)

    assert deliveries()[0].failure == "link-away"


def test_a_name_that_leads_inside_by_then_is_not_asked(
    webhook: dict[str, Any],
    receiver: Receiver,
    ckan_config: Any,
    monkeypatch: pytest.MonkeyPatch,
):
    stored(webhook).address = f"https://rebound.example:{receiver.port}/hook"
    model.Session.commit()
    monkeypatch.setitem(ckan_config, "ckanext.gpo.dataapi.private_webhooks", False)
    inside = [(socket.AF_INET, socket.SOCK_STREAM, 6, "", ("127.0.0.1", 443))]
    monkeypatch.setattr(guard.socket, "getaddrinfo", lambda *_, **__: inside)
    sending.send_due(30)

    assert deliveries()[0].failure == "link-private"
    assert not receiver.requests


def test_who_is_killed_between_sending_and_noting_sends_the_same_again(
    webhook: dict[str, Any],
    receiver: Receiver,
    time: Clock,
    monkeypatch: pytest.MonkeyPatch,
):
    class Killed(BaseException):
        pass

    def die(*_: Any) -> None:
        model.Session.rollback()
        raise Killed

    with monkeypatch.context() as patch:
        patch.setattr(outcomes, "note", die)
        with pytest.raises(Killed):
            sending.send_due(30)
    assert sending.send_due(30) == 0  # it is in hand still
    time.ahead += sending.LEASE
    assert sending.send_due(30) == 1

    first, second = receiver.requests
    assert first.headers["webhook-id"] == second.headers["webhook-id"]
    assert first.body == second.body
    assert messages()[0].state == "delivered"


def test_two_jobs_do_not_send_the_same(webhook: dict[str, Any], receiver: Receiver):
    claimed = sending._claim()

    assert len(claimed) == 1
    assert sending._claim() == []


def test_of_a_silent_receiver_the_rest_is_not_tried(
    site: Gate, webhook: dict[str, Any], receiver: Receiver, time: Clock
):
    publish(site, 1, 2, 3)
    stored(webhook).address = "http://127.0.0.1:1/"
    model.Session.commit()
    sending.send_due(30)

    assert len(deliveries()) == 1
    assert sorted(message.attempts for message in messages()) == [0, 1]
    assert all(message.state == "waiting" for message in messages())


def test_a_receiver_that_is_slow_keeps_nobody_else_waiting(
    site: Gate, webhook: dict[str, Any], register: Register, receiver: Receiver
):
    """What is refused by one is delivered to another in the same run."""
    good = register(address=f"{receiver.address}&good=1")
    publish(site, 1, 2, 3)
    stored(webhook).address = "http://127.0.0.1:1/"
    model.Session.commit()

    assert sending.send_due(30) == 1
    assert {m.webhook for m in messages() if m.state == "delivered"} == {good["id"]}


def test_after_three_days_in_vain_it_is_switched_off_and_its_owner_told(
    webhook: dict[str, Any], receiver: Receiver, time: Clock, owner: dict[str, Any]
):
    receiver.answer(500)
    for _ in range(ATTEMPTS):
        time.ahead += timedelta(hours=6)
        sending.send_due(30)

    assert [m.state for m in messages()] == ["failed"]
    assert stored(webhook).off == "failing"
    (notice,) = model.Session.query(Notice).filter_by(channel="site")
    assert (notice.kind, notice.recipient) == ("dataapi.webhook-off", owner["id"])
    assert notice.facts["host"] == "127.0.0.1"


def test_a_message_that_is_refused_among_others_is_given_up_alone(
    site: Gate, webhook: dict[str, Any], receiver: Receiver, time: Clock
):
    receiver.answer(500)
    for _ in range(ATTEMPTS - 1):
        time.ahead += timedelta(hours=6)
        sending.send_due(30)
    publish(site, 1, 2, 3)
    receiver.answer(204)
    message = messages()[0]
    outcomes.note(messages()[1].id, time(), request.Reply(204, "", 1, ""))
    outcomes.note(message.id, time(), request.Reply(500, "", 1, ""))

    assert messages()[0].state == "failed"
    assert stored(webhook).off == ""


def test_who_says_that_it_is_gone_is_switched_off(
    webhook: dict[str, Any], receiver: Receiver
):
    receiver.answer(410)
    sending.send_due(30)

    assert stored(webhook).off == "gone"


def test_the_sweep_queues_one_job_while_something_is_due(webhook: dict[str, Any]):
    jobs.sweep()
    jobs.sweep()

    names = [job.func_name for job in get_queue().jobs]
    assert names.count("ckanext.gpo.dataapi.webhooks.jobs.send_messages") == 1


def test_what_is_old_and_what_closed_accounts_had_is_erased(
    webhook: dict[str, Any], owner: dict[str, Any], time: Clock, monkeypatch: Any
):
    sending.send_due(30)
    upkeep.erase_old()
    assert len(deliveries()) == len(messages()) == 1

    time.ahead += timedelta(days=31)
    monkeypatch.setattr(upkeep, "now", time)
    upkeep.erase_old()
    assert not deliveries()
    assert not messages()

    call_action("user_delete", {"ignore_auth": True}, id=owner["id"])
    upkeep.erase_old()
    assert model.Session.query(Webhook).count() == 0


def test_a_test_message_is_signed_as_any_other(
    webhook: dict[str, Any], receiver: Receiver, owner: dict[str, Any]
):
    answer = call_action(
        "gpo_dataapi_webhook_test", {"user": owner["name"]}, id=webhook["id"]
    )
    sending.send_due(30)

    events = {r.headers["webhook-id"]: json.loads(r.body) for r in receiver.requests}
    assert events[answer["message"]]["type"] == "webhook.test"
    assert len(events) == 2
