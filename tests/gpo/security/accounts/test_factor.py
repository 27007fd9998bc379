"""The second factor: who must have it, that a code counts once, and what it guards."""

from __future__ import annotations

import re

import pyotp
import pytest
from click.testing import CliRunner

import ckan.plugins.toolkit as tk
from ckan import model
from ckan.tests import factories
from ckan.tests.helpers import call_action

from ckanext.gpo.security import config
from ckanext.gpo.security.accounts import enrolment, factor, identity
from ckanext.gpo.security.cli import gpo_security
from ckanext.gpo.security.model import Factor

from .conftest import PASSWORD, app_code, code_at

CHECK = "/user/second-factor/check"
SET_UP = "/user/second-factor/set-up"
required = pytest.mark.ckan_config("ckanext.gpo.security.second_factor_required", True)
pytestmark = pytest.mark.usefixtures("non_clean_db")


def _send(app, path: str, **form: str):
    return app.post(path, data=form, follow_redirects=False)


def _next_code(totp: pyotp.TOTP) -> str:
    """A code that is valid and later than the one that the app was set up with."""
    return code_at(totp, 1)


class TestCodes:
    KEY = "a key of the site"

    def test_the_secret_is_kept_encrypted(self, person, coupled):
        totp = coupled(person)
        row = model.Session.get(Factor, person["id"])
        assert totp.secret not in row.secret
        assert factor.decrypt(row.secret, config.secret_key()) == totp.secret
        assert factor.decrypt(row.secret, "another key") is None

    def test_a_code_counts_once(self, person, coupled):
        code = _next_code(coupled(person))
        user = model.User.get(person["id"])
        assert enrolment.accept(user, code)
        assert not enrolment.accept(user, code)

    def test_an_earlier_code_does_not_count_after_a_later(self, person, coupled):
        totp = coupled(person)
        user = model.User.get(person["id"])
        assert enrolment.accept(user, _next_code(totp))
        assert not enrolment.accept(user, code_at(totp, 0))

    def test_an_old_code_does_not_count(self, person, coupled):
        totp = coupled(person)
        assert not enrolment.accept(model.User.get(person["id"]), code_at(totp, -5))

    def test_a_recovery_code_counts_once(self, person, coupled):
        coupled(person)
        user = model.User.get(person["id"])
        codes = enrolment.renew_recovery_codes(user)
        assert len(set(codes)) == factor.RECOVERY_CODES
        assert enrolment.accept(user, codes[3].upper().replace("-", " "))
        assert not enrolment.accept(user, codes[3])
        assert enrolment.accept(user, codes[4])

    @pytest.mark.parametrize("code", ["", "abc", "０１２３４５", "\0", "1" * 5000])
    def test_junk_is_no_code(self, person, coupled, code: str):
        coupled(person)
        assert not enrolment.accept(model.User.get(person["id"]), code)


class TestLogin:
    def test_the_password_alone_does_not_log_in(
        self, app, log_in, is_logged_in, person, coupled
    ):
        totp = coupled(person)
        assert log_in(person).headers["Location"].endswith(CHECK)
        assert not is_logged_in()
        assert "验证码无效" in _send(app, CHECK, code="000000").body
        assert not is_logged_in()
        assert _send(app, CHECK, code=_next_code(totp)).status_code == 302
        assert is_logged_in()

    def test_it_leads_where_one_wanted_to_go(self, app, log_in, person, coupled):
        totp = coupled(person)
        log_in(person, came_from="/checks")
        answer = _send(app, CHECK, code=_next_code(totp))
        assert answer.headers["Location"].endswith("/checks")

    @pytest.mark.ckan_config("ckanext.gpo.security.factor_limit_account", "3 per hour")
    def test_codes_cannot_be_guessed(self, app, log_in, person, coupled):
        totp = coupled(person)
        log_in(person)
        codes = [_send(app, CHECK, code="000000").status_code for _ in range(3)]
        assert codes == [200, 200, 200]
        assert _send(app, CHECK, code=_next_code(totp)).status_code == 429

    def test_without_a_password_there_is_nothing_to_check(self, app):
        answer = app.get(CHECK, follow_redirects=False)
        assert "/user/login" in answer.headers["Location"]

    def test_who_waits_for_the_factor_cannot_replace_it(
        self, app, log_in, person, coupled
    ):
        coupled(person)
        log_in(person)
        assert (
            app.get(SET_UP, follow_redirects=False).headers["Location"].endswith(CHECK)
        )

    def test_a_login_half_done_ends_with_the_password(
        self, app, log_in, is_logged_in, person, coupled
    ):
        totp = coupled(person)
        log_in(person)
        call_action(
            "user_patch", id=person["id"], email=person["email"], password="x7#Kp9!vQ2m"
        )
        answer = _send(app, CHECK, code=_next_code(totp))
        assert "/user/login" in answer.headers["Location"]
        assert not is_logged_in()


class TestRequired:
    @required
    def test_who_administers_must_have_one(self, person, sysadmin, make_member):
        clerk = factories.User(password=PASSWORD)
        head = factories.User(password=PASSWORD)
        make_member(head, "admin")
        make_member(clerk, "editor")
        must = [
            enrolment.must_have_factor(model.User.get(user["id"]))
            for user in (person, clerk, head, sysadmin)
        ]
        assert must == [False, False, True, True]

    @required
    def test_it_is_set_up_when_logging_in_next(
        self, app, log_in, is_logged_in, sysadmin
    ):
        assert log_in(sysadmin).headers["Location"].endswith(SET_UP)
        assert not is_logged_in()
        answer = _send(app, SET_UP, code=app_code(app.get(SET_UP).body))
        assert (
            len(re.findall(r"<code>[a-z2-9]{5}-[a-z2-9]{5}</code>", answer.body)) == 10
        )
        assert is_logged_in()

    @required
    def test_it_cannot_be_turned_off(self, app, sysadmin, coupled):
        totp = coupled(sysadmin)
        app.set_session_user(sysadmin["id"])
        answer = _send(app, "/user/second-factor/turn-off", code=_next_code(totp))
        assert answer.status_code == 403

    def test_nobody_must_unless_the_site_says_so(self, log_in, is_logged_in, sysadmin):
        log_in(sysadmin)
        assert is_logged_in()


class TestOwnPage:
    PAGE = "/user/second-factor/"

    def test_turned_off_with_a_code_only(self, app, person, coupled):
        totp = coupled(person)
        app.set_session_user(person["id"])
        off = f"{self.PAGE}turn-off"
        assert "验证码无效" in _send(app, off, code="000000").body
        assert _send(app, off, code=_next_code(totp)).status_code == 302
        assert "未开启" in app.get(self.PAGE).body

    def test_replaced_with_a_code_of_the_old_only(self, app, person, coupled):
        coupled(person)
        app.set_session_user(person["id"])
        code = app_code(app.get(SET_UP).body)
        before = model.Session.get(Factor, person["id"]).secret
        _send(app, SET_UP, code=code, current="000000")
        model.Session.expire_all()
        assert model.Session.get(Factor, person["id"]).secret == before

    def test_other_logins_end_when_it_is_set_up(self, person, coupled):
        user = model.User.get(person["id"])
        login = identity.login_id(user)
        coupled(person)
        assert identity.user_from_login(login) is None

    def test_a_command_resets_it(self, person, coupled):
        coupled(person)
        result = CliRunner().invoke(gpo_security, ["reset-factor", person["name"]])
        assert result.exit_code == 0, result.output
        assert not enrolment.has_factor(model.User.get(person["id"]))
        assert CliRunner().invoke(gpo_security, ["reset-factor", "x"]).exit_code == 1


class TestTokens:
    def _create(self, app, user, token: str = ""):
        return app.post(
            "/api/3/action/api_token_create",
            json={"user": user["name"], "name": "t"},
            headers={"Authorization": token} if token else {},
        )

    def test_a_session_makes_one(self, app, sysadmin, coupled):
        coupled(sysadmin)
        app.set_session_user(sysadmin["id"])
        assert self._create(app, sysadmin).json["success"]

    def test_a_token_goes_on_but_makes_none(self, app, coupled):
        user = factories.SysadminWithToken()
        assert self._create(app, user, user["token"]).json["success"]
        coupled(user)
        shown = app.get(
            "/api/3/action/user_list", headers={"Authorization": user["token"]}
        )
        assert shown.json["success"]
        assert self._create(app, user, user["token"]).status_code == 403

    @required
    def test_who_must_have_a_factor_and_has_none_makes_none(self, app, sysadmin):
        app.set_session_user(sysadmin["id"])
        assert self._create(app, sysadmin).status_code == 403

    @required
    def test_a_command_on_the_server_does(self, sysadmin):
        context = {"ignore_auth": True, "user": sysadmin["name"]}
        assert tk.get_action("api_token_create")(
            context, {"user": sysadmin["name"], "name": "t"}
        )["token"]
        assert call_action("api_token_list", user_id=sysadmin["name"])
