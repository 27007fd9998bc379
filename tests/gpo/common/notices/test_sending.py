"""Mails go out once, by real servers that take them or do not."""

from __future__ import annotations

import os
import signal
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import nullcontext
from datetime import timedelta
from typing import Any

import pytest
import sqlalchemy as sa

import ckan.plugins.toolkit as tk
from ckan import model
from ckan.lib.jobs import get_queue
from ckan.tests import factories

from ckanext.gpo.common.notices import Kind, claims, jobs
from ckanext.gpo.common.notices.model import Notice
from ckanext.gpo.common.notices.schedule import ATTEMPTS
from ckanext.gpo.security.fixes import smtp_client

from ... import mail_servers
from ...processes import fork
from .conftest import ALARM, NEWS, Clock, mails, prefer, states, tell


@pytest.fixture
def server(outgoing: None, ckan_config: Any) -> Any:
    """Let the site send its mails to a server."""

    def choose(address: str) -> None:
        ckan_config["smtp.server"] = address

    choose(mail_servers.away())
    return choose


pytestmark = pytest.mark.usefixtures("server")


def test_a_mail_goes_out_once(account: model.User, server: Any):
    mailbox = mail_servers.Mailbox()
    tell(account, "甲")

    with mail_servers.serve(mailbox) as address:
        server(address)
        for _ in range(2):
            jobs.send_notices()

    assert states() == {"甲": "sent"}
    (mail,) = mailbox.mails
    assert mailbox.envelopes[0].rcpt_tos == ["clerk@example.org"]
    assert mail["To"] == f"{account.display_name} <clerk@example.org>"
    assert "新消息：甲" in mail.get_content()


@pytest.mark.parametrize(
    ("handler", "outcome"),
    [
        (mail_servers.Refusing("550 nobody"), "failed refused"),
        (mail_servers.Refusing("451 later"), "created delayed"),
        (mail_servers.RefusingContent(), "failed refused"),
        (mail_servers.Silent(), "failed unconfirmed"),
        (mail_servers.Curt(), "sent"),
    ],
    ids=["refused", "greylisted", "refused-content", "silent", "curt"],
)
def test_what_a_server_says_is_believed(
    account: model.User, server: Any, handler: Any, outcome: str
):
    tell(account)

    with mail_servers.serve(handler) as address:
        server(address)
        jobs.send_notices()

    assert states() == {"a": outcome}


@pytest.mark.parametrize(
    "place",
    [mail_servers.hanging, lambda: nullcontext(mail_servers.away())],
    ids=["hanging", "away"],
)
def test_without_a_server_a_mail_waits_and_goes_out_later(
    account: model.User, server: Any, clock: Clock, place: Any
):
    tell(account)
    with place() as address:
        server(address)
        jobs.send_notices()
        assert states() == {"a": "created away"}

    mailbox = mail_servers.Mailbox()
    with mail_servers.serve(mailbox) as address:
        server(address)
        jobs.send_notices()
        assert not mailbox.mails, "it is not due yet"
        clock.moment += timedelta(minutes=1)
        jobs.send_notices()

    assert states() == {"a": "sent"}
    assert len(mailbox.mails) == 1


def test_a_mail_that_nobody_takes_fails_in_the_end(account: model.User, clock: Clock):
    tell(account, kind=ALARM)
    for _ in range(ATTEMPTS):
        assert states()["a"].startswith("created")
        jobs.send_notices()
        clock.moment += timedelta(hours=6)

    assert states() == {"a": "failed exhausted"}
    assert mails()[0].attempts == ATTEMPTS


def test_after_a_crash_a_mail_is_not_sent_again(
    account: model.User, server: Any, clock: Clock, monkeypatch: pytest.MonkeyPatch
):
    """The job is killed when the server has the mail and has not said so yet."""
    monkeypatch.setattr(smtp_client, "SILENCE_SECONDS", 60)
    mailbox = mail_servers.Silent()
    tell(account)
    model.Session.remove()

    with mail_servers.serve(mailbox) as address:
        server(address)
        process = fork(jobs.send_notices)
        assert mailbox.received.wait(30)
        os.kill(process, signal.SIGKILL)
        os.waitpid(process, 0)
        jobs.send_notices()
        assert states() == {"a": "sending"}, "another job may have it in hand"
        clock.moment += claims.LEASE
        jobs.send_notices()

    assert states() == {"a": "failed interrupted"}
    assert len(mailbox.mails) == 1


@pytest.fixture
def mailbox(server: Any) -> Iterator[mail_servers.Mailbox]:
    """A server that takes every mail of the site."""
    mailbox = mail_servers.Mailbox()
    with mail_servers.serve(mailbox) as address:
        server(address)
        yield mailbox


def test_what_is_due_together_is_one_mail(
    account: model.User, mailbox: mail_servers.Mailbox, clock: Clock
):
    for text in ("甲", "乙"):
        tell(account, text)
        clock.moment += timedelta(seconds=1)
    tell(account, "急", ALARM)

    jobs.send_notices()

    assert set(states().values()) == {"sent"}
    urgent, digest = (mail.get_content() for mail in mailbox.mails)
    assert "急" in urgent
    assert "乙" not in urgent
    assert digest.index("甲") < digest.index("乙")


def test_a_daily_mail_comes_at_its_hour(
    account: model.User, mailbox: mail_servers.Mailbox, clock: Clock
):
    prefer(account, language="en", pace="daily")
    for text in ("one", "two"):
        tell(account, text)

    jobs.send_notices()
    assert not mailbox.mails

    clock.moment += timedelta(hours=20)  # the next morning at eight
    jobs.send_notices()
    (mail,) = mailbox.mails
    assert "News：one" in mail.get_content()
    assert "News：two" in mail.get_content()
    assert "/en/about" in mail.get_content()


def test_at_night_only_urgent_mails_go_out(
    account: model.User, mailbox: mail_servers.Mailbox, clock: Clock
):
    clock.moment += timedelta(hours=10)  # ten in the evening
    tell(account, "news")
    tell(account, "alarm", ALARM)

    jobs.send_notices()
    assert states() == {"alarm": "sent", "news": "created"}

    clock.moment += timedelta(hours=10)
    jobs.send_notices()
    assert states() == {"alarm": "sent", "news": "sent"}


def test_what_another_job_has_in_hand_is_left_to_it(
    account: model.User, mailbox: mail_servers.Mailbox
):
    other = model.User.get(factories.User(email="other@example.org")["id"])
    tell(account, "a")
    tell(other, "b")
    held = sa.select(Notice).where(Notice.recipient == account.id).with_for_update()

    with model.meta.engine.connect() as connection:
        connection.execute(held)
        jobs.send_notices()

    assert states() == {"a": "created", "b": "sent"}
    (envelope,) = mailbox.envelopes
    assert envelope.rcpt_tos == ["other@example.org"]


def test_jobs_beside_each_other_send_each_mail_once(
    account: model.User, mailbox: mail_servers.Mailbox
):
    people = [model.User(name=f"p{n}", email=f"p{n}@example.org") for n in range(12)]
    model.Session.add_all(people)
    model.Session.commit()
    for person in people:
        tell(person, person.name)

    def job() -> None:
        try:
            jobs.send_notices()
        finally:
            model.Session.remove()

    with ThreadPoolExecutor(4) as pool:
        for run in [pool.submit(job) for _ in range(4)]:
            run.result()

    addresses = [address for e in mailbox.envelopes for address in e.rcpt_tos]
    assert sorted(addresses) == sorted(person.email for person in people)
    assert set(states().values()) == {"sent"}


@pytest.mark.parametrize(
    ("change", "failure"),
    [
        ({"state": "deleted"}, "no-address"),
        ({"email": "a@b.cn\r\nBcc: c@d.cn"}, "no-address"),
        ({"email": ""}, "no-address"),
    ],
)
def test_no_mail_goes_to_what_is_no_address_any_more(
    account: model.User,
    mailbox: mail_servers.Mailbox,
    change: dict[str, str],
    failure: str,
):
    tell(account)
    for name, value in change.items():
        setattr(account, name, value)
    model.Session.commit()

    jobs.send_notices()

    assert states() == {"a": f"failed {failure}"}
    assert not mailbox.envelopes


def test_a_name_adds_nothing_to_a_header(
    account: model.User, mailbox: mail_servers.Mailbox
):
    account.fullname = '张三\r\nBcc: c@d.cn\n\n"body" <e@f.cn>'
    tell(account)

    jobs.send_notices()

    (envelope,), (mail,) = mailbox.envelopes, mailbox.mails
    assert envelope.rcpt_tos == ["clerk@example.org"]
    assert mail["Bcc"] is None
    (recipient,) = mail["To"].addresses
    assert recipient.addr_spec == "clerk@example.org"
    assert recipient.display_name == "张三 Bcc c d cn body e f cn"


def test_a_kind_that_nobody_knows_keeps_no_other_back(
    account: model.User, mailbox: mail_servers.Mailbox
):
    tell(account, "a", Kind("gone.kind", NEWS.label, NEWS.write))
    tell(account, "b")

    jobs.send_notices()

    assert states() == {"a": "failed unknown-kind", "b": "sent"}


def test_a_mail_that_is_sent_again_is_known_as_the_same(
    account: model.User, server: Any, mailbox: mail_servers.Mailbox
):
    tell(account)
    refusing = mail_servers.RefusingContent()
    with mail_servers.serve(refusing) as address:
        server(address)
        jobs.send_notices()
    tk.get_action("gpo_common_mail_retry")(
        {"user": factories.Sysadmin()["name"]}, {"id": mails()[0].id}
    )
    with mail_servers.serve(mailbox) as address:
        server(address)
        jobs.send_notices()

    assert states() == {"a": "sent"}
    first, second = refusing.mails[0], mailbox.mails[0]
    assert first["Message-ID"] == second["Message-ID"]
    assert first["Message-ID"].endswith("@test.ckan.net>")


class TestSweep:
    def test_it_queues_one_job_while_anything_is_due(
        self, account: model.User, clean_queues: None, clock: Clock
    ):
        jobs.sweep()
        assert not get_queue().get_jobs()
        tell(account)

        for _ in range(2):
            jobs.sweep()

        (job,) = get_queue().get_jobs()
        assert job.func is jobs.send_notices

    def test_it_queues_nothing_where_no_mails_go(
        self, account: model.User, server: Any, clean_queues: None
    ):
        tell(account)
        server("")

        jobs.sweep()

        assert not get_queue().get_jobs()

    def test_it_finds_what_a_job_left_behind(
        self, account: model.User, clean_queues: None, clock: Clock
    ):
        tell(account)
        (mail,) = mails()
        mail.state, mail.next_attempt = "sending", clock.moment + claims.LEASE
        model.Session.commit()
        jobs.sweep()
        assert not get_queue().get_jobs()

        clock.moment += claims.LEASE
        jobs.sweep()

        assert len(get_queue().get_jobs()) == 1
