"""The page of keys: made with one click, seen by nobody else, revoked."""

from __future__ import annotations

from typing import Any

import pytest
from bs4 import BeautifulSoup

from ckan import model
from ckan.tests import factories

from ckanext.gpo.dataapi import usage

PAGE = "/api-keys"


@pytest.fixture
def owner(app: Any, clean_db: None) -> dict[str, Any]:
    user = factories.User()
    app.set_session_user(user["id"])
    return user


def soup(answer: Any) -> BeautifulSoup:
    return BeautifulSoup(answer.body, "html.parser")


def create(app: Any, name: str = "地图程序") -> str:
    """A new key, as the page shows it."""
    code = soup(app.post(PAGE, data={"name": name})).find(id="new-key")
    assert code
    return code.text


def test_a_form_with_a_name_in_it_makes_a_key(app: Any, owner: dict[str, Any]):
    field = soup(app.get(PAGE)).find(id="field-name")
    assert field
    key = create(app, str(field["value"]))
    app.set_session_user(None)
    answer = app.get(
        "/api/3/action/api_token_list",
        query_string={"user_id": owner["id"]},
        headers={"Authorization": key},
    )

    assert [token["name"] for token in answer.json["result"]] == [field["value"]]


def test_a_key_is_shown_once_and_kept_by_nobody(app: Any, owner: dict[str, Any]):
    answer = app.post(PAGE, data={"name": "程序"})
    code = soup(answer).find(id="new-key")
    assert code

    assert "no-store" in answer.headers["Cache-Control"]
    assert code.text not in app.get(PAGE).body


@pytest.mark.parametrize("name", ["", "  ", "名" * 101])
def test_other_names_are_refused(app: Any, owner: dict[str, Any], name: str):
    answer = app.post(PAGE, data={"name": name})

    assert answer.status_code == 400
    assert soup(answer).select_one(".notice.reject")
    assert model.Session.query(model.ApiToken).count() == 0


def test_the_owner_sees_what_a_key_did(app: Any, owner: dict[str, Any]):
    key = create(app)
    app.set_session_user(None)
    for _ in range(3):
        app.get("/api/3/action/package_search", headers={"Authorization": key})
    usage.flush()
    app.set_session_user(owner["id"])
    card = soup(app.get(PAGE)).select_one("article.card")
    assert card
    assert card.select_one("h3 code").text == "地图程序"
    assert card.select_one(".figure dd").text.strip() == "3"
    assert len(card.select(".figure:first-child rect")) == 30


def test_a_revoked_key_is_refused(app: Any, owner: dict[str, Any]):
    key = create(app)
    form = soup(app.get(PAGE)).select_one("article form")
    assert form
    page = app.post(str(form["action"]))
    assert not soup(page).select("article")
    app.set_session_user(None)
    question = {"user_id": owner["id"]}
    answer = app.get(
        "/api/3/action/api_token_list",
        query_string=question,
        headers={"Authorization": key},
    )

    assert answer.status_code == 403


def test_of_other_accounts_nothing_is_shown_or_revoked(app: Any, owner: dict[str, Any]):
    other = factories.UserWithToken()
    (token,) = model.Session.query(model.ApiToken).filter_by(user_id=other["id"])

    assert not soup(app.get(PAGE)).select("article")
    assert app.post(f"{PAGE}/{token.id}/revoke").status_code == 403
    assert app.post(f"{PAGE}/no-such-key/revoke").status_code == 403
    assert model.ApiToken.get(token.id)


@pytest.mark.parametrize("method", ["get", "post"])
def test_without_an_account_one_is_asked_to_log_in(
    app: Any, non_clean_db: None, method: str
):
    answer = getattr(app, method)(PAGE, follow_redirects=False)

    assert answer.status_code == 302
    assert "/user/login?came_from=" in answer.headers["Location"]


@pytest.mark.ckan_config("WTF_CSRF_ENABLED", True)
def test_a_page_of_others_makes_no_key(app: Any, owner: dict[str, Any]):
    assert app.post(PAGE, data={"name": "x"}).status_code == 400
    assert model.Session.query(model.ApiToken).count() == 0
