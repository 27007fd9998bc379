"""Bad passwords are refused wherever one is set, and the reason is told."""

from __future__ import annotations

from typing import Any

import pytest

import ckan.plugins.toolkit as tk
from ckan import model
from ckan.lib import mailer
from ckan.tests.helpers import call_action

from ckanext.gpo.security.accounts import passwords

from .conftest import PASSWORD

BAD = "password1234"
REASON = "这是极常见的密码"

strict = pytest.mark.ckan_config("ckanext.gpo.security.password_min_score", 3)


def _objections(password: str, **kwargs: Any) -> list[str]:
    return list(passwords.objections(password, min_length=10, min_score=3, **kwargs))


@pytest.mark.parametrize(
    "password",
    [
        "short",
        BAD,
        "qwertyuiop12",
        "aaaaaaaaaaaa",
        "tianning2026",
        "2026-11-27",
        "x" * 201,
    ],
)
def test_bad(password: str):
    assert _objections(password)


@pytest.mark.parametrize("password", [PASSWORD, "公开透明的春天与河流", "x7#Kp9!vQ2mZ"])
def test_good(password: str):
    assert not _objections(password)


def test_what_is_made_of_the_own_name_is_bad():
    assert not _objections("wanderfalke")
    assert _objections("wanderfalke1", personal=["wanderfalke"])


@strict
@pytest.mark.usefixtures("non_clean_db")
class TestEverywhere:
    def test_registration(self, app):
        form = {"name": "newcomer", "email": "n@example.org", "save": ""}
        answer = app.post(
            "/user/register", data=form | {"password1": BAD, "password2": BAD}
        )
        assert REASON in answer.body
        assert model.User.by_name("newcomer") is None

    def test_settings(self, app, person):
        app.set_session_user(person["id"])
        form = {"name": person["name"], "email": person["email"], "save": ""}
        answer = app.post(
            "/user/edit",
            data=form | {"old_password": PASSWORD, "password1": BAD, "password2": BAD},
        )
        assert REASON in answer.body
        assert model.User.get(person["id"]).validate_password(PASSWORD)

    def test_settings_have_no_way_around_the_old_password(self, app, person):
        app.set_session_user(person["id"])
        form = {"name": person["name"], "email": person["email"], "save": ""}
        app.post("/user/edit", data=form | {"password": "taken over by one who passed"})
        assert model.User.get(person["id"]).validate_password(PASSWORD)

    def test_reset(self, app, person):
        mailer.create_reset_key(model.User.get(person["id"]))
        key = model.User.get(person["id"]).reset_key
        answer = app.post(
            f"/user/reset/{person['id']}",
            query_string={"key": key},
            data={"password1": BAD, "password2": BAD},
        )
        assert REASON in answer.body
        assert model.User.get(person["id"]).validate_password(PASSWORD)

    def test_user_create(self):
        with pytest.raises(tk.ValidationError) as refused:
            call_action(
                "user_create", name="nn1", email="nn1@example.org", password=BAD
            )
        assert "password" in refused.value.error_dict

    @pytest.mark.parametrize("action", ["user_update", "user_patch"])
    def test_user_update(self, person, action: str):
        with pytest.raises(tk.ValidationError) as refused:
            call_action(
                action,
                {"user": person["name"]},
                id=person["id"],
                email=person["email"],
                password=BAD,
            )
        assert "password" in refused.value.error_dict
