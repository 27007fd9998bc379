"""The page of notices and that of unsent mails: one's own, and the sysadmins'."""

from __future__ import annotations

import re
from datetime import timedelta
from typing import Any

import pytest

from ckan import model
from ckan.tests import factories
from ckan.tests.helpers import call_action

from ckanext.gpo.common import notices
from ckanext.gpo.common.notices import jobs
from ckanext.gpo.common.notices.model import count_unread, inbox

from ... import mail_servers
from .conftest import NEWS, Clock, mails, tell

NOTICES, MAILS = "/desk/notices", "/desk/mails"

pytestmark = pytest.mark.usefixtures("outgoing")


@pytest.fixture
def reader(app: Any, account: model.User) -> Any:
    """A client in which the account is logged in."""
    app.set_session_user(account.id)
    return app


@pytest.fixture
def sysadmin(app: Any, outgoing: None) -> Any:
    app.set_session_user(factories.Sysadmin()["id"])
    return app


def _ids(page: str) -> list[str]:
    return re.findall(r'name="id" value="([^"]+)"', page)


@pytest.mark.parametrize("page", [NOTICES, MAILS])
def test_who_has_not_logged_in_is_asked_to(app: Any, page: str):
    answer = app.get(page, follow_redirects=False)

    assert answer.status_code == 302
    assert "/user/login" in answer.location


def test_an_empty_page_says_so(reader: Any):
    page = reader.get(NOTICES).body

    assert "暂无消息" in page
    assert "没有未读消息" in page
    assert "clerk@example.org" in page


def test_notices_are_read_one_by_one_and_all_at_once(reader: Any, account: model.User):
    for text in ("甲", "乙", "丙"):
        tell(account, text)
    page = reader.get(NOTICES).body
    assert "未读消息：3条" in page
    assert all(f"新消息：{text}" in page for text in ("甲", "乙", "丙"))
    assert '<b class="pill">3</b>' in reader.get("/desk").body

    page = reader.post(f"{NOTICES}/read", data={"id": _ids(page)[0]}).body
    assert "未读消息：2条" in page

    page = reader.post(f"{NOTICES}/read").body
    assert "没有未读消息" in page
    assert not _ids(page)
    assert '<b class="pill">' not in reader.get("/desk").body


def test_english_is_complete(reader: Any, account: model.User):
    tell(account, "one")
    page = reader.get(f"/en{NOTICES}").body

    assert "News：one" in page
    assert "Mark as read" in page
    assert re.search(r'href="[^"]*/en/about"', page)


def test_notices_come_a_page_at_a_time(reader: Any, account: model.User):
    for number in range(21):
        tell(account, f"第{number}条")
    first, second = reader.get(NOTICES).body, reader.get(f"{NOTICES}?page=2").body

    assert first.count('class="notice-entry') == 20
    assert second.count('class="notice-entry') == 1
    assert reader.get(f"{NOTICES}?page=3").status_code == 404
    answer = reader.post(f"{NOTICES}/read?page=2", follow_redirects=False)
    assert answer.location.endswith("?page=2")


def test_nobody_reads_or_marks_what_is_anothers(reader: Any, account: model.User):
    other = model.User.get(factories.User()["id"])
    tell(other, "秘密")
    notice = model.Session.scalar(inbox(other.id))

    assert "秘密" not in reader.get(NOTICES).body
    answer = reader.post(f"{NOTICES}/read", data={"id": notice.id})
    assert answer.status_code == 404
    reader.post(f"{NOTICES}/read")
    assert count_unread(other.id) == 1
    assert reader.get(MAILS).status_code == 403


@pytest.mark.ckan_config("WTF_CSRF_ENABLED", True)
@pytest.mark.parametrize(
    "form", [f"{NOTICES}/read", f"{NOTICES}/preference", f"{MAILS}/retry"]
)
def test_a_form_of_another_site_is_refused(reader: Any, form: str):
    assert reader.post(form).status_code == 400


def test_the_reader_chooses_how_mails_come(reader: Any, account: model.User):
    chosen = {"pace": "daily", "language": "en"}
    page = reader.post(f"{NOTICES}/preference", data=chosen).body

    assert '<option value="daily" selected>' in page
    assert '<option value="en" selected>' in page
    context = {"user": account.name}
    assert call_action("gpo_common_notice_preference_show", context) == chosen

    reader.post(f"{NOTICES}/preference", data={"pace": "never", "language": "fr"})
    assert call_action("gpo_common_notice_preference_show", context) == chosen


def test_a_sysadmin_sees_what_failed_and_sends_it_again(
    sysadmin: Any, account: model.User, ckan_config: Any
):
    ckan_config["smtp.server"] = mail_servers.away()
    tell(account)
    jobs.send_notices()
    assert "邮件服务器暂时无法接收邮件" in sysadmin.get(MAILS).body

    (mail,) = mails()
    model.User.get(account.id).state = "deleted"
    mail.next_attempt = mail.created
    model.Session.commit()
    jobs.send_notices()
    page = sysadmin.get(MAILS).body
    assert "账户已不存在" in page

    sysadmin.post(f"{MAILS}/retry", data={"id": _ids(page)[0]})
    assert [mail.state for mail in mails()] == ["created"]
    again = sysadmin.post(f"{MAILS}/retry", data={"id": mail.id})
    assert again.status_code == 404


def test_in_quiet_hours_the_page_says_until_when(sysadmin: Any, clock: Clock):
    assert "免打扰时段" not in sysadmin.get(MAILS).body

    clock.moment += timedelta(hours=10)  # ten in the evening
    assert "07:30以前只发送紧急邮件" in sysadmin.get(MAILS).body


def test_a_notice_whose_kind_is_gone_is_still_listed(reader: Any, account: model.User):
    gone = notices.Kind("gone.kind", NEWS.label, NEWS.write)
    tell(account, kind=gone)

    assert "gone.kind" in reader.get(NOTICES).body
