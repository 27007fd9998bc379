"""API tokens expire, within what the site allows, and their owners are told before."""

from __future__ import annotations

from datetime import datetime, timedelta, timezone

import pytest
from freezegun import freeze_time

import ckan.plugins.toolkit as tk
from ckan import model
from ckan.lib import jobs
from ckan.tests.helpers import call_action

from ckanext.gpo.security.accounts import reminders, tokens

pytestmark = pytest.mark.usefixtures("non_clean_db", "clean_queues")


def _create(user, **fields):
    return call_action("api_token_create", user=user["name"], name="program", **fields)


def _answers(app, token: str) -> bool:
    answer = app.get("/api/3/action/api_token_list", headers={"Authorization": token})
    return answer.status_code == 409  # user_id is missing: the token was understood


def _days_left(token_id: str) -> int:
    left = tokens.expiry(model.ApiToken.get(token_id)) - datetime.now(timezone.utc)
    return round(left / timedelta(days=1))


@pytest.mark.parametrize(("chosen", "days"), [({}, 180), ({"expires_in_days": 7}, 7)])
def test_lifetime(person, chosen, days: int):
    assert _days_left(_create(person, **chosen)["id"]) == days


@pytest.mark.parametrize("days", [0, -1, 366, 10**30, "junk"])
def test_other_lifetimes_are_refused(person, days):
    with pytest.raises(tk.ValidationError) as refused:
        _create(person, expires_in_days=days)
    assert "expires_in_days" in refused.value.error_dict


def test_a_token_is_refused_when_its_time_is_over(person):
    from ckan.lib.api_token import get_user_from_token

    token = _create(person, expires_in_days=7)["token"]
    assert get_user_from_token(token).id == person["id"]
    with freeze_time(timedelta(days=7, minutes=1)):
        assert get_user_from_token(token) is None


def test_a_token_of_before_ends_as_the_longest_do(person):
    token = model.ApiToken.get(_create(person)["id"])
    token.plugin_extras = None
    token.created_at = datetime.now(timezone.utc).replace(tzinfo=None) - timedelta(364)
    assert tokens.without_overdue({"jti": token.id}) == {"jti": token.id}
    token.created_at -= timedelta(days=2)
    assert tokens.without_overdue({"jti": token.id}) == {}


def test_the_page_shows_when_tokens_end(app, person):
    _create(person, expires_in_days=3)
    app.set_session_user(person["id"])
    page = app.get(f"/user/{person['name']}/api-tokens").body
    assert "到期时间" in page
    assert "即将到期" in page
    assert 'name="expires_in_days"' in page


def test_the_form_makes_a_token(app, person):
    app.set_session_user(person["id"])
    form = {"name": "program", "expires_in_days": "30"}
    page = app.post(f"/user/{person['name']}/api-tokens", data=form).body
    assert "API" in page
    (token,) = call_action("api_token_list", user_id=person["name"])
    assert _days_left(token["id"]) == 30


def test_a_mail_is_due_before_the_end(person, mail_server):

    token_id = _create(person, expires_in_days=30)["id"]
    registry = jobs.get_queue().scheduled_job_registry
    (job_id,) = [
        job_id
        for job_id in registry.get_job_ids()
        if jobs.job_from_id(job_id).args == (token_id,)
    ]
    due = registry.get_scheduled_time(job_id) - datetime.now(timezone.utc)
    assert round(due / timedelta(days=1)) == 16

    reminders.remind(token_id)
    ((_, _, recipients, message),) = mail_server.get_smtp_messages()
    assert recipients == [person["email"]]
    assert message


def test_a_revoked_token_needs_no_mail(person, mail_server):
    reminders.remind("no-such-token")
    assert not mail_server.get_smtp_messages()
