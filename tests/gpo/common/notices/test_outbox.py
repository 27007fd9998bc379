"""Notices are put down with what they tell of, or not at all, and once."""

from __future__ import annotations

from typing import Any

import pytest
import sqlalchemy as sa

import ckan.plugins as p
import ckan.plugins.toolkit as tk
from ckan import model
from ckan.tests import factories

from ckanext.gpo.common import notices
from ckanext.gpo.common.notices.model import Notice, count_unread
from ckanext.gpo.common.notices.workflow import NOTICE, State

from .conftest import ALARM, NEWS, mails, prefer, tell


@pytest.fixture(autouse=True)
def server(outgoing: None, ckan_config: Any) -> None:
    """The site has a mail server; nothing is sent here."""
    ckan_config["smtp.server"] = "127.0.0.1:1"


def _channels(account: model.User) -> list[str]:
    query = sa.select(Notice.channel).where(Notice.recipient == account.id)
    return sorted(model.Session.scalars(query))


def test_an_account_is_told_here_and_by_mail(account: model.User):
    tell(account)

    assert _channels(account) == ["mail", "site"]
    assert count_unread(account.id) == 1


def test_a_change_that_is_given_up_tells_nobody(account: model.User):
    notices.notify(NEWS, [account], subject="s", reference="a", facts={"text": "a"})
    model.Session.rollback()

    assert not _channels(account)


def test_what_was_told_is_not_told_again(account: model.User):
    other = model.User.get(factories.User()["id"])
    tell(account, "a")
    tell(account, "b", reference="a")
    tell(other, "a")

    assert _channels(account) == ["mail", "site"]
    assert [mail.facts["text"] for mail in mails()] == ["a", "a"]


def test_without_an_address_only_the_site_tells(account: model.User):
    account.email = None
    tell(account)

    assert _channels(account) == ["site"]


def test_where_no_mails_go_none_is_kept_for_later(
    account: model.User, ckan_config: Any
):
    ckan_config["smtp.server"] = None
    tell(account)

    assert _channels(account) == ["site"]


def test_an_urgent_notice_waits_for_no_digest(account: model.User):
    prefer(account, language="en", pace="daily")
    tell(account, "news")
    tell(account, "alarm", ALARM)

    alarm, news = mails()
    assert alarm.next_attempt < news.next_attempt
    assert alarm.language == "en"


@pytest.mark.parametrize("role", ["admin", "editor", "member"])
@pytest.mark.parametrize("state", ["active", "deleted"])
def test_the_staff_of_a_department(account: model.User, role: str, state: str):
    department = model.Group(name="d", is_organization=True, type="organization")
    model.Session.add(department)
    model.Session.flush()
    member = model.Member(group=department, table_name="user", table_id=account.id)
    member.capacity, account.state = role, state
    model.Session.add(member)
    model.Session.commit()

    told = role != "member" and state == "active"
    assert notices.department_staff(department.id) == ([account] if told else [])


def _accepts(id_: str, to: str) -> bool:
    with model.meta.engine.connect() as connection:
        try:
            connection.execute(
                sa.update(Notice).where(Notice.id == id_).values(state=to)
            )
        except sa.exc.IntegrityError:
            return False
        finally:
            connection.rollback()
    return True


@pytest.mark.parametrize("state", State)
def test_the_database_holds_the_same_ways(account: model.User, state: State):
    tell(account)
    (mail,) = mails()
    ways = {
        "created": [],
        "sending": ["sending"],
        "sent": ["sending", "sent"],
        "failed": ["sending", "failed"],
    }
    for step in ways[state.value]:
        mail.state = step
        model.Session.commit()

    following = {to.value for to in State if _accepts(mail.id, to.value)}

    assert following == NOTICE.following(state.value) | {state.value}


@pytest.mark.parametrize(
    ("option", "value"),
    [("quiet_hours", "9-17"), ("quiet_hours", "21:00-24:00"), ("digest_hour", 24)],
)
def test_a_site_whose_hours_cannot_be_read_does_not_start(
    ckan_config: Any, option: str, value: Any
):
    ckan_config[f"ckanext.gpo.common.{option}"] = value

    with pytest.raises(ValueError, match=option):
        p.get_plugin("gpo_common").configure(tk.config)
