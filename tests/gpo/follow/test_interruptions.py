"""Workers die and mail servers go away while many followers are told: each is told once."""

from __future__ import annotations

import asyncio
import os
import signal
import threading
from collections import Counter
from typing import Any

import pytest

from ckan import model
from ckan.model.types import make_uuid

from ckanext.gpo.common.notices import claims, jobs, sending
from ckanext.gpo.follow import addresses, config
from ckanext.gpo.follow.model import Address, Follow
from ckanext.gpo.security.fixes import smtp_client

from .. import mail_servers
from ..processes import fork
from .conftest import NOON, Clock, Readers, mails

FOLLOWERS = 40


@pytest.fixture(autouse=True)
def jobs_time(
    outbox_time: Clock, ckan_config: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(jobs, "now", outbox_time)
    monkeypatch.setattr(claims, "BATCH", 15)


@pytest.fixture
def crowd(readers: Readers) -> Readers:
    """Many follow the dataset, and a version has been published of which they are due to
    be told."""
    key = config.secret_key()
    for number in range(FOLLOWERS):
        address = f"reader-{number}@example.org"
        id_ = make_uuid()
        words = {"language": "zh_Hans_CN", "created": NOON}
        marks = {
            "fingerprint": addresses.fingerprint(address, key),
            "secret": addresses.encrypt(address, key),
        }
        model.Session.add(Address(id=id_, **marks, **words))
        follow = {"pace": "at-once", "has_account": False, "confirmed": NOON}
        kind, key_ = readers.dataset
        model.Session.add(Follow(recipient=id_, kind=kind, key=key_, **follow))
    model.Session.commit()
    readers.publish(1, 2)
    model.Session.remove()
    return readers


class Stalling(mail_servers.Mailbox):
    """Takes some mails, then one from each sender without ever saying so."""

    def __init__(self, quick: int, senders: int) -> None:
        super().__init__()
        self.quick, self.senders = quick, senders
        self.stalled = threading.Event()

    async def handle_DATA(self, server: Any, session: Any, envelope: Any) -> str:  # noqa: N802
        answer = await super().handle_DATA(server, session, envelope)
        if len(self.envelopes) <= self.quick:
            return answer
        if len(self.envelopes) == self.quick + self.senders:
            self.stalled.set()
        return await asyncio.Event().wait()


def _told(*boxes: mail_servers.Mailbox) -> Counter[str]:
    """How many mails each reader has got."""
    envelopes = [envelope for box in boxes for envelope in box.envelopes]
    return Counter(address for each in envelopes for address in each.rcpt_tos)


def _states() -> Counter[str]:
    return Counter(f"{mail.state} {mail.failure}".strip() for mail in mails())


EACH_ONCE = Counter({f"reader-{number}@example.org": 1 for number in range(FOLLOWERS)})


@pytest.mark.parametrize(("quick", "senders"), [(0, 1), (7, 1), (20, 1), (20, 2)])
def test_worker_killed_while_it_sends(
    crowd: Readers,
    outbox_time: Clock,
    ckan_config: Any,
    monkeypatch: pytest.MonkeyPatch,
    quick: int,
    senders: int,
):
    monkeypatch.setattr(smtp_client, "SILENCE_SECONDS", 60)
    monkeypatch.setattr(sending, "SENDERS", senders)
    monkeypatch.setattr(sending, "MANY", 2)
    first = Stalling(quick, senders)
    with mail_servers.serve(first) as address:
        ckan_config["smtp.server"] = address
        worker = fork(jobs.send_notices)
        assert first.stalled.wait(60)
        os.kill(worker, signal.SIGKILL)
        os.waitpid(worker, 0)

    second = mail_servers.Mailbox()
    with mail_servers.serve(second) as address:
        ckan_config["smtp.server"] = address
        jobs.send_notices()  # what the dead one has reserved is left to it
        outbox_time.moment += claims.LEASE
        jobs.send_notices()
        jobs.send_notices()

    assert _told(first, second) == EACH_ONCE
    assert _states() == {
        "sent": FOLLOWERS - senders,
        "failed interrupted": senders,
    }


def test_mail_server_away(crowd: Readers, outbox_time: Clock, ckan_config: Any):
    ckan_config["smtp.server"] = mail_servers.away()
    jobs.send_notices()
    assert _states() == {"created": FOLLOWERS - 1, "created away": 1}

    box = mail_servers.Mailbox()
    with mail_servers.serve(box) as address:
        ckan_config["smtp.server"] = address
        outbox_time.moment += claims.LEASE
        for _ in range(2):
            jobs.send_notices()

    assert _told(box) == EACH_ONCE
    assert _states() == {"sent": FOLLOWERS}


def test_who_stops_while_mails_go_out_gets_none(crowd: Readers):
    """A mail that is reserved, and not in hand yet, does not go out any more."""
    with claims.reserve() as batch:
        mail, *_ = batch.mails
        model.Session.delete(model.Session.get(claims.Notice, mail[0].id))
        model.Session.commit()

        assert not batch.take(mail)
