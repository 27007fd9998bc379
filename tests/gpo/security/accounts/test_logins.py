"""A login holds as long as it says, and ends everywhere when the password changes."""

from __future__ import annotations

from datetime import datetime, timedelta, timezone
from email.utils import parsedate_to_datetime

import pytest
from freezegun import freeze_time

from ckan import model
from ckan.tests.helpers import call_action

from ckanext.gpo.security.accounts import identity

from .conftest import AFTER_LOGIN, PASSWORD

FORTNIGHT = 1209600


def _remember_cookie(answer):
    return next(
        c for c in answer.headers.getlist("Set-Cookie") if c.startswith("remember")
    )


def _expiry(cookie: str) -> datetime:
    expires = next(p for p in cookie.split("; ") if p.startswith("Expires="))
    return parsedate_to_datetime(expires.removeprefix("Expires="))


@pytest.mark.parametrize("remember", ["on", "63072000", "junk", "1e999", "-1"])
def test_remember_me_lasts_as_long_as_the_form_says(app, log_in, person, remember: str):
    assert "记住我14天" in app.get("/user/login").body.replace(" ", "")
    left = _expiry(_remember_cookie(log_in(person, remember=remember))) - datetime.now(
        timezone.utc
    )
    assert abs(left - timedelta(seconds=FORTNIGHT)) < timedelta(minutes=5)


def test_who_is_not_to_be_remembered_is_not(log_in, person):
    cookies = log_in(person).headers.getlist("Set-Cookie")
    assert not [c for c in cookies if c.startswith("remember")]


def test_a_login_ends_on_the_server_too(person, with_request_context):
    login = identity.login_id(model.User.get(person["id"]))
    assert identity.user_from_login(login)
    with freeze_time(timedelta(seconds=FORTNIGHT + 60)):
        assert identity.user_from_login(login) is None


@pytest.mark.parametrize("forged", ["{id}", "{id}.x.y", "{name}", "", "..", "{id}."])
def test_a_login_cannot_be_made_up(person, with_request_context, forged: str):
    assert identity.user_from_login(forged.format(**person)) is None


def _second_browser(app, user):
    return app.test_client(user=model.User.get(user["id"]))


def test_other_sessions_end_with_the_password(app, log_in, is_logged_in, person):
    other = _second_browser(app, person)
    log_in(person, remember="on")
    form = {
        "name": person["name"],
        "email": person["email"],
        "old_password": PASSWORD,
        "password1": "eleven wooden boats 9",
        "password2": "eleven wooden boats 9",
        "save": "",
    }
    assert other.get(AFTER_LOGIN, follow_redirects=False).status_code == 200
    app.post("/user/edit", data=form, follow_redirects=False)
    assert is_logged_in()
    assert other.get(AFTER_LOGIN, follow_redirects=False).status_code == 302


@pytest.mark.parametrize("action", ["user_update", "user_patch"])
def test_all_sessions_end_when_another_changes_the_password(
    app, log_in, is_logged_in, person, action: str
):
    log_in(person)
    assert is_logged_in()
    call_action(
        action, id=person["id"], email=person["email"], password="eleven wooden boats 9"
    )
    assert not is_logged_in()


def test_a_remember_me_cookie_ends_with_the_password(app, person):
    login = identity.login_id(model.User.get(person["id"]))
    app.set_remember_user(login)
    assert app.get(AFTER_LOGIN, follow_redirects=False).status_code == 200
    call_action(
        "user_patch",
        id=person["id"],
        email=person["email"],
        password="eleven boats 9 x",
    )
    app.client.delete_cookie("session", domain="test.ckan.net")
    answer = app.get(AFTER_LOGIN, follow_redirects=False)
    assert answer.status_code == 302
    assert "Max-Age=0" in _remember_cookie(answer) or "1970" in _remember_cookie(answer)


def test_a_remember_me_cookie_of_before_names_nobody(app, person):
    app.set_remember_user(person["id"])
    assert app.get(AFTER_LOGIN, follow_redirects=False).status_code == 302


def test_a_change_of_the_name_only_keeps_sessions(app, log_in, is_logged_in, person):
    log_in(person)
    call_action("user_patch", id=person["id"], email=person["email"], fullname="N. N.")
    assert is_logged_in()
