"""Kinds of notices to send, accounts to send them to, and the jobs that do it."""

from __future__ import annotations

from datetime import datetime, timezone
from typing import Any

import pytest
import sqlalchemy as sa

from ckan import model
from ckan.tests import factories
from ckan.tests.helpers import call_action

from ckanext.gpo.common import notices
from ckanext.gpo.common.logic.action import mails as mail_actions
from ckanext.gpo.common.notices import (
    Kind,
    Link,
    Message,
    claims,
    interface,
    jobs,
    outbox,
    sending,
)
from ckanext.gpo.common.notices import model as notice_model
from ckanext.gpo.common.notices.model import Notice
from ckanext.gpo.security.fixes import smtp_client

NOON = datetime(2026, 11, 25, 4, 0, tzinfo=timezone.utc)
"""A Wednesday, twelve o'clock in China."""


def _write(facts: Any, english: bool, _: Any) -> Message:
    title = f"{'News' if english else '新消息'}：{facts['text']}"
    return Message(title, [facts["text"]], Link("home.about"), "link")


NEWS = Kind("probe.news", label=lambda _: _("Notices"), write=_write)
ALARM = Kind("probe.alarm", label=lambda _: _("Failed"), write=_write, urgent=True)


class Clock:
    """The time of the outbox."""

    def __init__(self) -> None:
        self.moment = NOON

    def __call__(self) -> datetime:
        return self.moment


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> Clock:
    time = Clock()
    for module in (notice_model, outbox, sending, claims, jobs, mail_actions):
        monkeypatch.setattr(module, "now", time)
    return time


@pytest.fixture
def outgoing(
    app: Any, clean_db: None, clock: Clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A site with two kinds of notices, whose client soon has enough of silence."""
    monkeypatch.setattr(smtp_client, "SILENCE_SECONDS", 0.2)
    kinds = {kind.name: kind for kind in (NEWS, ALARM)}
    known = interface.find_kind
    find = lambda name: kinds.get(name) or known(name)  # noqa: E731
    monkeypatch.setattr("ckanext.gpo.common.notices.wording.find_kind", find)


@pytest.fixture
def account(outgoing: None) -> model.User:
    return model.User.get(factories.User(email="clerk@example.org")["id"])


def tell(
    account: model.User, text: str = "a", kind: Kind = NEWS, reference: str = ""
) -> None:
    """Commit a notice to an account."""
    notices.notify(
        kind,
        [account],
        subject="s",
        reference=reference or text,
        facts={"text": text},
    )
    model.Session.commit()


def prefer(account: model.User, **choice: str) -> None:
    """Let an account say how it wants its mails."""
    call_action("gpo_common_notice_preference_update", {"user": account.name}, **choice)


def mails() -> list[Notice]:
    """All mails as the database has them, the oldest first."""
    model.Session.rollback()
    model.Session.expire_all()
    query = sa.select(Notice).where(Notice.channel == "mail").order_by(Notice.reference)
    return list(model.Session.scalars(query))


def states() -> dict[str, str]:
    """Reference of each mail → its state, and the failure if there is one."""
    return {
        notice.reference: f"{notice.state} {notice.failure}".strip()
        for notice in mails()
    }
