"""A published dataset, people who follow it, and a mail server that takes their mails."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import datetime, timezone
from typing import Any

import pytest

import ckan.plugins.toolkit as tk
from ckan import model
from ckan.tests import factories
from ckan.tests.helpers import call_action

from ckanext.gpo.common import limits
from ckanext.gpo.common.language import in_language
from ckanext.gpo.common.news import Subject, walk
from ckanext.gpo.common.notices import claims, outbox, sending
from ckanext.gpo.common.notices import model as notice_model
from ckanext.gpo.common.notices.model import Notice
from ckanext.gpo.follow.model import Follow

from tests.snapshot import Snapshots

from .. import mail_servers
from ..conftest import VENUES, Gate
from ..quality.versions import venue

NOON = datetime(2026, 11, 25, 4, 0, tzinfo=timezone.utc)
"""A Wednesday, twelve o'clock in China."""

LINK = re.compile(r"http://\S+/follow/\S+")

READER = "reader@example.org"


class Clock:
    """The time of the outbox."""

    def __init__(self) -> None:
        self.moment = NOON

    def __call__(self) -> datetime:
        return self.moment


@pytest.fixture
def outbox_time(monkeypatch: pytest.MonkeyPatch) -> Clock:
    time = Clock()
    for module in (notice_model, outbox, sending, claims):
        monkeypatch.setattr(module, "now", time)
    return time


@pytest.fixture
def mailbox(ckan_config: Any, app: Any) -> Iterator[mail_servers.Mailbox]:
    """A mail server that the site sends its mails to."""
    box = mail_servers.Mailbox()
    with mail_servers.serve(box) as address:
        ckan_config["smtp.server"] = address
        yield box


@pytest.fixture(autouse=True)
def fresh_limits(ckan_config: Any) -> None:
    for limiter in (limits._shared(tk.config["ckan.redis.url"]), limits._local()):
        limiter.storage.reset()


class Readers:
    """What readers do, and what the platform does for them."""

    def __init__(self, gate: Gate, mailbox: mail_servers.Mailbox) -> None:
        self.gate = gate
        self.mailbox = mailbox
        self.dataset = Subject("dataset", gate.dataset(VENUES)["id"])

    def ask(self, subject: Subject, address: str = READER, **choice: str) -> None:
        """Ask to follow something with an address."""
        call_action(
            "gpo_follow_address_create",
            kind=subject.kind,
            key=subject.key,
            address=address,
            language="zh_Hans_CN",
            **choice,
        )

    def confirm(self, subject: Subject, address: str = READER, **choice: str) -> None:
        """Ask to follow something, and confirm it by the link in the mail."""
        self.ask(subject, address, **choice)
        sending.send_due(30)
        call_action("gpo_follow_address_confirm", token=self.question())

    def join(self, subject: Subject, **choice: str) -> dict[str, Any]:
        """Follow something with an account; returns the account."""
        user = factories.User(email="clerk@example.org")
        call_action(
            "gpo_follow_create",
            {"user": user["name"]},
            kind=subject.kind,
            key=subject.key,
            **choice,
        )
        return user

    def publish(self, *numbers: int, **changes: str) -> dict[str, Any]:
        """Publish a version of the venues, and tell it."""
        rows = [venue(number, **changes) for number in numbers]
        version = self.gate.judge(VENUES, *rows)
        walk.walk(30)
        return version

    def links(self) -> list[str]:
        """The links of all mails, those of the newest mail first."""
        mails = reversed(self.mailbox.mails)
        return [link for mail in mails for link in LINK.findall(mail.get_content())]

    def question(self) -> str:
        """The token of the last mail that asks to confirm."""
        return next(token(link) for link in self.links() if "/confirm/" in link)

    def notices(self, account: dict[str, Any]) -> list[dict[str, Any]]:
        """What an account finds on its page of notices."""
        with in_language("zh_Hans_CN"):
            answer = call_action("gpo_common_notice_list", {"user": account["name"]})
        return answer["results"]


@pytest.fixture
def readers(
    gate: Gate, mailbox: mail_servers.Mailbox, outbox_time: Clock, snapshots: Snapshots
) -> Readers:
    """The venues of culture are published, and that has been told."""
    snapshots.prepare("followed", lambda: _publish(gate), on="gate")
    return Readers(gate, mailbox)


def _publish(gate: Gate) -> None:
    gate.judge(VENUES, venue(1))
    walk.walk(30)


def token(link: str) -> str:
    """The signed part of a link in a mail."""
    return link.rpartition("/")[2]


def mails(kind: str = "follow.news") -> list[Notice]:
    """The mails of a kind, whatever has become of them."""
    model.Session.expire_all()
    query = model.Session.query(Notice).filter_by(channel="mail", kind=kind)
    return query.order_by(Notice.created, Notice.recipient).all()


def follows() -> list[Follow]:
    model.Session.expire_all()
    return model.Session.query(Follow).all()
