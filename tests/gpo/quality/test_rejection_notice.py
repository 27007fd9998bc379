"""A department is told that a version was rejected, with the transition and once."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

import pytest

from ckan import model
from ckan.tests import factories
from ckan.tests.helpers import call_action

from ckanext.gpo.common.notices import jobs as notice_jobs
from ckanext.gpo.quality import jobs
from ckanext.gpo.quality.publication import publishing

from .. import mail_servers
from ..conftest import VENUES, Gate, row

Told = Callable[[], list[dict[str, Any]]]


@pytest.fixture
def clerk(gate: Gate) -> dict[str, Any]:
    """An editor of the department of culture."""
    user = factories.UserWithToken(email="clerk@example.org")
    site = {"user": call_action("get_site_user")["name"]}
    call_action(
        "organization_member_create",
        site,
        id="wglj",
        username=user["name"],
        role="editor",
    )
    return user


@pytest.fixture
def told(app: Any, clerk: dict[str, Any]) -> Told:
    """What the clerk is told by now."""
    token = {"Authorization": clerk["token"]}

    def ask() -> list[dict[str, Any]]:
        answer = app.get("/api/3/action/gpo_common_notice_list", headers=token)
        return answer.json["result"]["results"]

    return ask


def test_the_department_is_told_what_is_wrong_and_where(
    gate: Gate, clerk: dict[str, Any], app: Any, told: Told
):
    gate.judge(VENUES, row(VENUES))
    assert not told()

    version = gate.judge(VENUES, row(VENUES, venue_name=""), row(VENUES, venue_name=""))

    (notice,) = told()
    assert notice["subject"] == version["id"]
    assert notice["title"] == "未通过检查：公共文化机构免费开放信息"
    assert notice["lines"][0] == f"第2版，共{version['error_count']}处错误"
    counted = [line for line in notice["lines"] if line.startswith("- “")]
    assert 0 < len(counted) <= 3
    numbers = [int(re.findall(r"：(\d+)处", line)[0]) for line in counted]
    assert numbers == sorted(numbers, reverse=True)
    token = {"Authorization": clerk["token"]}
    assert app.get(notice["address"], headers=token).status_code == 200


def test_the_mail_says_the_same_in_the_language_of_its_reader(
    gate: Gate, clerk: dict[str, Any], ckan_config: Any, app: Any
):
    ckan_config["ckanext.gpo.common.quiet_hours"] = ""
    call_action(
        "gpo_common_notice_preference_update",
        {"user": clerk["name"]},
        language="en",
        pace="at-once",
    )
    mailbox = mail_servers.Mailbox()
    with mail_servers.serve(mailbox) as ckan_config["smtp.server"]:
        version = gate.judge(VENUES, row(VENUES, venue_name=""))
        notice_jobs.send_notices()

    (mail,) = mailbox.mails
    text = mail.get_content()
    assert mail["Subject"].endswith("A table was rejected by the check")
    assert f"/en/dataset/{version['dataset']}/report/{version['id']}" in text
    assert f"Version 1, faults: {version['error_count']}" in text
    assert not re.search(r"[\u4e00-\u9fff]", text), text


def test_a_rejection_that_is_given_up_tells_nobody(
    gate: Gate, told: Told, monkeypatch: pytest.MonkeyPatch
):
    """The worker ends after both were written, before they are committed."""
    version = gate.submit(VENUES, row(VENUES, venue_name=""))
    with monkeypatch.context() as patch:
        patch.setattr(publishing, "discard", _end)
        with pytest.raises(SystemExit):
            jobs.check_version(version["id"])
    model.Session.rollback()

    assert gate.show(version)["state"] == "checking"
    assert not told()

    gate.decide()
    assert gate.show(version)["state"] == "rejected"
    assert len(told()) == 1


def _end(*_: Any) -> None:
    raise SystemExit
