"""Without a mail server, mails are files; with one, the folder stays as it is."""

from __future__ import annotations

import stat
from email import message_from_bytes, policy
from email.message import EmailMessage
from pathlib import Path
from typing import Any

import pytest

from ckan import model
from ckan.lib import mailer

from ckanext.gpo.common.notices import jobs

from ... import mail_servers
from .conftest import states, tell


@pytest.fixture
def folder(outgoing: None, ckan_config: Any, tmp_path: Path) -> Path:
    path = tmp_path / "mails"
    ckan_config["smtp.server"] = ""
    ckan_config["ckanext.gpo.common.mail_folder"] = str(path)
    return path


def _mails(folder: Path) -> list[EmailMessage]:
    return [
        message_from_bytes(path.read_bytes(), policy=policy.default)
        for path in sorted(folder.glob("*.eml"))
    ]


def test_a_mail_is_a_file_that_its_owner_alone_reads(folder: Path, account: model.User):
    tell(account, "甲")

    jobs.send_notices()

    assert states() == {"甲": "sent"}
    (mail,) = _mails(folder)
    assert "新消息：甲" in mail.get_content()
    assert mail["To"].addresses[0].addr_spec == "clerk@example.org"
    assert mail["Date"].datetime.utcoffset()
    (path,) = folder.iterdir()
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert stat.S_IMODE(folder.stat().st_mode) == 0o700


def test_mails_of_ckan_go_there_too(folder: Path, account: model.User):
    mailer.mail_user(account, "一二", "文")

    (mail,) = _mails(folder)
    assert mail["Subject"] == "一二"


def test_the_same_mail_is_one_file(folder: Path, account: model.User):
    for _ in range(2):
        mailer.mail_user(account, "s", "b", headers={"Message-ID": "<a@b>"})

    assert len(_mails(folder)) == 1


def test_with_a_server_nothing_is_put_there(
    folder: Path, account: model.User, ckan_config: Any
):
    tell(account)
    mailbox = mail_servers.Mailbox()
    with mail_servers.serve(mailbox) as ckan_config["smtp.server"]:
        jobs.send_notices()

    assert len(mailbox.mails) == 1
    assert not folder.exists()
