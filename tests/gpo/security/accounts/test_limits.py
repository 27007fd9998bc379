"""Forms that anyone may send can be sent a few times only."""

from __future__ import annotations

import pytest

import ckan.plugins.toolkit as tk
from ckan.exceptions import CkanConfigurationException

from ckanext.gpo.common import limits
from ckanext.gpo.security import config
from ckanext.gpo.security.accounts import doors

from .conftest import PASSWORD

PREFIX = "ckanext.gpo.security."


def _from(address: str) -> dict[str, str]:
    return {"X-Forwarded-For": address, "Accept-Language": "zh-CN"}


def _guess(app, login: str, address: str = "198.51.100.1", password: str = "x"):
    return app.post(
        "/user/login",
        data={"login": login, "password": password},
        headers=_from(address),
        follow_redirects=False,
    )


@pytest.mark.ckan_config(PREFIX + "login_limit_account", "3 per hour")
class TestAccount:
    def test_guesses_from_many_addresses_end(self, app, person):
        codes = [
            _guess(app, person["name"], f"198.51.100.{n}").status_code for n in range(4)
        ]
        assert codes == [200, 200, 200, 429]

    def test_the_right_password_waits_too(self, app, person):
        for _ in range(3):
            _guess(app, person["name"])
        answer = _guess(app, person["name"], password=PASSWORD)
        assert answer.status_code == 429
        assert int(answer.headers["Retry-After"]) > 3000
        assert "60分钟" in answer.body

    def test_name_and_address_are_one_account(self, app, person):
        for login in (person["name"], person["email"], person["email"].upper()):
            _guess(app, login)
        assert _guess(app, person["name"]).status_code == 429

    def test_an_unknown_account_is_limited_alike(self, app, non_clean_db):
        codes = [_guess(app, "nobody-is-called-so").status_code for _ in range(4)]
        assert codes == [200, 200, 200, 429]

    def test_other_accounts_go_on(self, app, person):
        for _ in range(4):
            _guess(app, "nobody-is-called-so")
        assert _guess(app, person["name"], password=PASSWORD).status_code == 302

    def test_the_right_password_forgets_the_wrong_ones(self, app, person):
        for _ in range(2):
            _guess(app, person["name"])
        assert _guess(app, person["name"], password=PASSWORD).status_code == 302
        app.post("/user/_logout")
        assert _guess(app, person["name"]).status_code == 200
        assert _guess(app, person["name"]).status_code == 200

    def test_the_old_password_cannot_be_guessed_in_the_settings(self, app, person):
        app.set_session_user(person["id"])
        form = {
            "name": person["name"],
            "email": person["email"],
            "old_password": "guess",
            "password1": "another good one 77",
            "password2": "another good one 77",
            "save": "",
        }
        codes = [app.post("/user/edit", data=form).status_code for _ in range(4)]
        assert codes == [200, 200, 200, 429]

    def test_without_redis_a_process_counts_by_itself(self, app, person, redis_away):
        codes = [_guess(app, person["name"]).status_code for _ in range(4)]
        assert codes == [200, 200, 200, 429]


@pytest.mark.ckan_config(PREFIX + "login_limit_address", "3 per hour")
class TestAddress:
    def test_guesses_of_many_accounts_end(self, app, non_clean_db):
        codes = [_guess(app, f"nobody-{n}").status_code for n in range(4)]
        assert codes == [200, 200, 200, 429]
        assert _guess(app, "nobody-9", "198.51.100.2").status_code == 200

    def test_the_client_cannot_choose_its_address(self, app, non_clean_db):
        for n in range(3):
            _guess(app, f"nobody-{n}", f"10.0.0.{n}, 198.51.100.1")
        assert _guess(app, "nobody-9", "10.0.0.9, 198.51.100.1").status_code == 429


@pytest.mark.ckan_config(PREFIX + "reset_limit_address", "2 per hour")
@pytest.mark.ckan_config(PREFIX + "reset_limit_account", "9 per hour")
def test_reset_is_limited(app, clean_queues, non_clean_db):
    codes = [
        app.post("/user/reset", data={"user": f"nobody-{n}"}).status_code
        for n in range(3)
    ]
    assert codes == [200, 200, 429]


@pytest.mark.ckan_config(PREFIX + "register_limit_address", "2 per hour")
def test_registration_is_limited(app, non_clean_db):
    codes = [
        app.post("/user/register", data={"save": ""}).status_code for _ in range(3)
    ]
    assert codes == [200, 200, 429]


@pytest.mark.usefixtures("non_clean_db")
def test_every_form_for_anyone_is_a_door(app):
    """Pages that show a form to a reader who is not logged in, found by their routes."""
    forms = set()
    for rule in app.flask_app.url_map.iter_rules():
        if rule.arguments or not {"GET", "POST"} <= (rule.methods or set()):
            continue
        if rule.endpoint.split(".")[0] in ("api", "util", "webassets"):
            continue
        answer = app.get(rule.rule, follow_redirects=False, status=None)
        if answer.status_code == 200 and 'method="post"' in answer.body:
            forms.add(rule.endpoint)
    assert forms
    # trials of files are limited by how many of a client may wait
    others = {"user.request_reset", "gpo_quality_trial.index"}
    assert not forms - set(doors.DOORS) - others


@pytest.mark.parametrize("text", ["often", "", "ten per hour"])
def test_a_limit_that_is_none_is_refused(ckan_config, text: str):
    ckan_config[PREFIX + "reset_limit_account"] = text
    with pytest.raises(CkanConfigurationException, match="per 15 minutes"):
        config.limit("reset_limit_account")


def test_keys_hold_no_names(ckan_config):
    limits.count(
        config.limit("reset_limit_account"),
        "reset_limit_account",
        "someone@example.org",
    )
    storage = limits._shared(tk.config["ckan.redis.url"]).storage
    keys = [key.decode() for key in storage.storage.scan_iter("gpo-limits*")]
    assert keys
    assert not [key for key in keys if "someone" in key]
