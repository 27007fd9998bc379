"""An owner with a webhook, and a receiver that answers as it is told."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import datetime, timedelta, timezone
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

import pytest

import ckan.plugins.toolkit as tk
from ckan import model
from ckan.tests import factories
from ckan.tests.helpers import call_action

from ckanext.gpo.common import limits
from ckanext.gpo.common.news import walk
from ckanext.gpo.dataapi.webhooks import (
    Delivery,
    Message,
    Webhook,
    outcomes,
    sending,
    telling,
)
from ckanext.gpo.dataapi.webhooks import model as webhook_model

from tests.snapshot import Snapshots

from ...conftest import VENUES, Gate
from ...quality.versions import venue


@dataclass
class Request:
    path: str
    headers: dict[str, str]
    body: bytes


Answer = tuple[int, dict[str, str], bytes]


@dataclass
class Receiver:
    """What has come, and what is answered: each answer once, the last one from then on."""

    port: int
    requests: list[Request] = field(default_factory=list)
    answers: list[Answer] = field(default_factory=lambda: [(204, {}, b"")])
    hold: threading.Event = field(default_factory=threading.Event)
    """Set: answer at once."""

    @property
    def address(self) -> str:
        return f"http://127.0.0.1:{self.port}/hook?from=gpo"

    def answer(self, *statuses: int, body: bytes = b"", **headers: str) -> None:
        self.answers = [(status, headers, body) for status in statuses]

    def next_answer(self) -> Answer:
        return self.answers.pop(0) if len(self.answers) > 1 else self.answers[0]


@pytest.fixture
def receiver() -> Iterator[Receiver]:
    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            length = int(self.headers["Content-Length"])
            request = Request(
                self.path, dict(self.headers.items()), self.rfile.read(length)
            )
            receiver.requests.append(request)
            receiver.hold.wait(20)
            status, headers, body = receiver.next_answer()
            self.send_response(status)
            for name, value in headers.items():
                self.send_header(name, value)
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *args: Any) -> None:
            """Stay silent."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    receiver = Receiver(server.server_port)
    receiver.hold.set()
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield receiver
    receiver.hold.set()
    server.shutdown()
    server.server_close()


class Clock:
    """The time of webhooks: real, and as far ahead as is said."""

    def __init__(self) -> None:
        self.ahead = timedelta()

    def __call__(self) -> datetime:
        return datetime.now(timezone.utc) + self.ahead


@pytest.fixture
def time(monkeypatch: pytest.MonkeyPatch) -> Clock:
    clock = Clock()
    for module in (webhook_model, outcomes, sending, telling):
        monkeypatch.setattr(module, "now", clock)
    return clock


@pytest.fixture(autouse=True)
def loopback(ckan_config: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(ckan_config, "ckanext.gpo.dataapi.private_webhooks", True)
    for limiter in (limits._shared(tk.config["ckan.redis.url"]), limits._local()):
        limiter.storage.reset()


@pytest.fixture
def site(gate: Gate, snapshots: Snapshots) -> Gate:
    """The venues of culture are published, and that has been told."""
    snapshots.prepare("webhooks", lambda: publish(gate, 1), on="gate")
    return gate


def publish(gate: Gate, *numbers: int, **changes: str) -> dict[str, Any]:
    """Publish a version of the venues, and tell it."""
    version = gate.judge(VENUES, *(venue(number, **changes) for number in numbers))
    walk.walk(30)
    return version


@pytest.fixture
def owner(site: Gate) -> dict[str, Any]:
    return factories.User(email="owner@example.org")


Register = Callable[..., dict[str, Any]]


@pytest.fixture
def register(owner: dict[str, Any], receiver: Receiver, time: Clock) -> Register:
    """Registers a webhook to the receiver, of everything unless it is said."""

    def create(**choice: Any) -> dict[str, Any]:
        question = {"address": receiver.address, **choice}
        return call_action(
            "gpo_dataapi_webhook_create", {"user": owner["name"]}, **question
        )

    return create


def messages() -> list[Message]:
    model.Session.expire_all()
    return model.Session.query(Message).order_by(Message.created, Message.id).all()


def deliveries() -> list[Delivery]:
    model.Session.expire_all()
    return model.Session.query(Delivery).order_by(Delivery.id).all()


def stored(webhook: dict[str, Any]) -> Webhook:
    model.Session.expire_all()
    row = Webhook.get(webhook["id"])
    assert row
    return row
