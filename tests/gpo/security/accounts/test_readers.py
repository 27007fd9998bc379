"""What accounts are told of accounts: registration, reset, lists."""

from __future__ import annotations

from datetime import timedelta

import pytest
from freezegun import freeze_time
from passlib.hash import pbkdf2_sha512

from ckan import model
from ckan.lib import jobs, mailer
from ckan.tests import factories

from ckanext.gpo.security.accounts.jobs import send_links

from .conftest import PASSWORD

pytestmark = pytest.mark.usefixtures("non_clean_db")


class TestLists:
    """Accounts are listed to who adds members to a department."""

    CALLS = (
        "/api/3/action/user_list",
        "/api/3/action/user_autocomplete?q=a",
        "/api/2/util/user/autocomplete?q=a",
        "/user/",
    )

    def _codes(self, app, user) -> set[int]:
        headers = {"Authorization": user["token"]}
        return {app.get(path, headers=headers).status_code for path in self.CALLS}

    def test_any_account_is_refused(self, app):
        assert self._codes(app, factories.UserWithToken()) == {403}

    def test_clerks_are_refused(self, app, make_member):
        user = factories.UserWithToken()
        make_member(user, "editor")
        assert self._codes(app, user) == {403}

    def test_administrators_of_departments_are_answered(self, app, make_member):
        user = factories.UserWithToken()
        make_member(user, "admin")
        assert self._codes(app, user) == {200}

    def test_an_account_sees_itself_and_no_other(self, app, person):
        user = factories.UserWithToken()
        headers = {"Authorization": user["token"]}
        own = app.get(f"/user/{user['name']}", headers=headers)
        other = app.get(f"/user/{person['name']}", headers=headers)
        nobody = app.get("/user/nobody-is-called-so", headers=headers)
        assert (own.status_code, other.status_code, nobody.status_code) == (
            200,
            403,
            403,
        )


class TestRegistration:
    def _register(self, app, name: str, email: str):
        form = {"name": name, "email": email, "save": ""}
        form |= {"password1": PASSWORD, "password2": PASSWORD}
        return app.post("/user/register", data=form, follow_redirects=False)

    def test_it_does_not_say_which_of_name_and_address_is_taken(self, app, person):
        said = {
            tuple(sorted(set(_errors(self._register(app, name, email).body))))
            for name, email in [
                (person["name"], "new@example.org"),
                ("somebody-new", person["email"]),
                (person["name"], person["email"]),
            ]
        }
        assert len(said) == 1
        assert said != {()}

    @pytest.mark.ckan_config("ckan.auth.create_user_via_web", False)
    def test_off_it_vanishes(self, app):
        assert app.get("/user/register").status_code == 404
        assert self._register(app, "somebody-new", "new@example.org").status_code == 404
        assert model.User.by_name("somebody-new") is None
        for path in ("/", "/user/login", "/user/reset"):
            assert "/user/register" not in app.get(path).body
        answer = app.post(
            "/api/3/action/user_create",
            json={
                "name": "somebody-new",
                "email": "n@example.org",
                "password": PASSWORD,
            },
        )
        assert answer.status_code == 403


def _errors(page: str) -> list[str]:
    return [line.strip() for line in page.splitlines() if "无法用这个" in line]


class TestReset:
    def test_the_answer_is_the_same(self, app, person, clean_queues):
        pages = {
            app.post("/user/reset", data={"user": user}).body
            for user in (person["name"], person["email"], "nobody", "no@example.org")
        }
        assert len(pages) == 1
        assert len(jobs.get_queue().jobs) == 4

    def test_the_job_mails_who_exists(self, person, mail_server):
        for text in ("nobody", "no@example.org", "", "%"):
            send_links(text)
        assert not mail_server.get_smtp_messages()
        send_links(person["email"].upper())
        ((_, _, recipients, _),) = mail_server.get_smtp_messages()
        assert recipients == [person["email"]]

    def test_a_link_that_is_not_valid_does_not_tell_who_exists(self, app, person):
        answers = {
            (answer.status_code, answer.body)
            for user in (person["id"], person["name"], "nobody-is-called-so")
            for answer in [
                app.get("/user/reset/" + user, query_string={"key": "x" * 32})
            ]
        }
        assert len({code for code, _ in answers}) == 1

    def test_a_valid_link_leads_to_the_form(self, app, person):
        mailer.create_reset_key(model.User.get(person["id"]))
        key = model.User.get(person["id"]).reset_key
        answer = app.get(f"/user/reset/{person['id']}", query_string={"key": key})
        assert 'name="password1"' in answer.body

    def test_a_valid_link_sets_the_password_once(self, app, person):
        mailer.create_reset_key(model.User.get(person["id"]))
        key = model.User.get(person["id"]).reset_key
        new = "eleven wooden boats 9"
        codes = [
            app.post(
                f"/user/reset/{person['id']}",
                query_string={"key": key},
                data={"password1": new, "password2": new},
                follow_redirects=False,
            ).status_code
            for _ in range(2)
        ]
        assert codes == [302, 410]
        assert model.User.get(person["id"]).validate_password(new)

    @pytest.mark.parametrize(("hours", "status"), [(23, 200), (25, 410)])
    def test_a_link_ends_after_a_day(self, app, person, hours: int, status: int):
        with freeze_time(timedelta(hours=-hours)):
            mailer.create_reset_key(model.User.get(person["id"]))
        key = model.User.get(person["id"]).reset_key
        answer = app.get(f"/user/reset/{person['id']}", query_string={"key": key})
        assert answer.status_code == status

    def test_nor_does_an_old_key_open_the_account_to_a_program(self, app, person):
        with freeze_time(timedelta(hours=-25)):
            mailer.create_reset_key(model.User.get(person["id"]))
        key = model.User.get(person["id"]).reset_key
        other = factories.UserWithToken()
        answer = app.post(
            "/api/3/action/user_update",
            json={
                "id": person["id"],
                "email": person["email"],
                "password": "eleven wooden boats 9",
                "reset_key": key,
            },
            headers={"Authorization": other["token"]},
        )
        assert answer.status_code == 403
        assert model.User.get(person["id"]).validate_password(PASSWORD)

    def test_a_key_from_before_keys_ended_is_none(self, app, person):
        user = model.User.get(person["id"])
        user.reset_key = "0123456789abcdef0123456789abcdef"
        model.Session.commit()
        answer = app.get(
            f"/user/reset/{person['id']}", query_string={"key": user.reset_key}
        )
        assert answer.status_code == 410


class TestLoginWork:
    def test_an_unknown_account_costs_a_hash_too(self, app, person, monkeypatch):
        """Counted, not timed: each answer verifies one password."""
        counts = []
        verify = pbkdf2_sha512.verify
        monkeypatch.setattr(
            pbkdf2_sha512, "verify", lambda *a, **k: counts.append(1) or verify(*a, **k)
        )
        for login in (person["name"], "nobody-is-called-so"):
            app.post("/user/login", data={"login": login, "password": "x"})
        assert len(counts) == 2
