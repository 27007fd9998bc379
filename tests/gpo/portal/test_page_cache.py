"""What the site keeps of its public pages, and for whom."""

from __future__ import annotations

import time
from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
import sqlalchemy as sa
from werkzeug.test import Client, create_environ

import ckan.plugins.toolkit as tk
from ckan import model
from ckan.lib.redis import connect_to_redis
from ckan.tests import factories
from ckan.tests.helpers import call_action

from ckanext.gpo.common.tables import table
from ckanext.gpo.common.web import page_cache
from ckanext.gpo.common.web.page_cache import PageCache
from ckanext.gpo.search.model import ZeroResultQuery

from ..conftest import VENUES, Shown

pytestmark = pytest.mark.usefixtures("non_clean_db")

DATASET = f"/dataset/{table(VENUES).dataset_name}"
COOKIE = "ckan-session"
DAY = date(2026, 11, 28)


@pytest.fixture
def client(app: Any) -> Client:
    """Readers of a site that keeps its pages."""
    page_cache.forget()
    return Client(PageCache(app.flask_app.wsgi_app, [COOKIE], "X-Token"))


@pytest.fixture
def statements() -> Any:
    """How many statements the calls of a function take."""

    def count(function: Callable[[], Any]) -> int:
        number = 0

        def note(*_: Any) -> None:
            nonlocal number
            number += 1

        sa.event.listen(sa.Engine, "before_cursor_execute", note)
        try:
            function()
        finally:
            sa.event.remove(sa.Engine, "before_cursor_execute", note)
        return number

    return count


def _site() -> dict[str, Any]:
    return {"user": tk.get_action("get_site_user")({"ignore_auth": True}, {})["name"]}


@pytest.mark.parametrize("path", ["/", "/catalogue", "/search?q=文化", DATASET])
def test_a_second_reader_costs_no_statement(
    client: Client, shown: Shown, statements: Any, path: str
):
    first = client.get(path)

    cost = statements(lambda: client.get(path))

    assert first.status_code == 200
    assert cost == 0
    again = client.get(path)
    assert again.data == first.data
    assert dict(again.headers) == dict(first.headers)


def test_each_language_and_query_is_a_page_of_its_own(client: Client, shown: Shown):
    texts = {
        path: client.get(path).text
        for path in ("/", "/en/", "/search?q=文化", "/search?q=图书")
    }

    assert len(set(texts.values())) == len(texts)
    assert {path: client.get(path).text for path in texts} == texts


def test_who_has_it_already_is_told_so(client: Client, shown: Shown):
    tag = client.get("/catalogue").headers["ETag"]

    answer = client.get("/catalogue", headers={"If-None-Match": tag})

    assert (answer.status_code, answer.data) == (304, b"")


def test_what_is_withdrawn_is_gone_at_once(client: Client, shown: Shown):
    assert client.get(DATASET).status_code == 200

    call_action(
        "gpo_quality_version_withdraw",
        _site(),
        id=shown.passed["id"],
        reason="测试撤下",
    )

    assert client.get(DATASET).status_code == 410


@pytest.mark.parametrize(
    "headers",
    [
        {"Authorization": "token"},
        {"X-Token": "token"},
        {"HX-Request": "true"},
    ],
)
def test_who_may_be_somebody_gets_a_page_of_their_own(
    client: Client, shown: Shown, statements: Any, headers: dict[str, str]
):
    client.get(DATASET)

    assert statements(lambda: client.get(DATASET, headers=headers)) > 0


def test_a_page_of_somebody_is_not_kept(client: Client, shown: Shown, statements: Any):
    client.set_cookie(COOKIE, "somebody")
    assert statements(lambda: client.get(DATASET)) > 0
    assert statements(lambda: client.get(DATASET)) > 0
    client.delete_cookie(COOKIE)

    assert statements(lambda: client.get(DATASET)) > 0
    assert statements(lambda: client.get(DATASET)) == 0


@pytest.mark.parametrize(
    "path", ["/user/login", "/no-such-page", "/api/3/action/package_list"]
)
def test_what_nobody_may_keep_is_asked_each_time(
    client: Client, shown: Shown, path: str
):
    calls: list[str] = []
    inner = client.application._application

    def application(environ: Any, start_response: Any) -> Any:
        calls.append(environ["PATH_INFO"])
        return inner(environ, start_response)

    client.application._application = application
    client.get(path)
    client.get(path)

    assert len(calls) == 2


def test_a_change_of_a_record_is_seen_at_once(client: Client, shown: Shown):
    assert "0519-00000000" not in client.get("/organization/about/wglj").text

    call_action("organization_patch", _site(), id="wglj", phone="0519-00000000")

    assert "0519-00000000" in client.get("/organization/about/wglj").text


@pytest.mark.parametrize(
    ("statement", "is_seen"),
    [
        (sa.update(model.Group).values(description="改了"), True),
        (sa.insert(ZeroResultQuery).values(day=DAY, query="图书", times=1), False),
        (sa.delete(ZeroResultQuery), False),
        (sa.delete(model.Group).where(model.Group.name == "no-such-name"), False),
    ],
)
def test_a_statement_is_a_change_too(
    client: Client, shown: Shown, statements: Any, statement: Any, is_seen: bool
):
    client.get(DATASET)

    model.Session.execute(statement)
    model.Session.commit()

    assert (statements(lambda: client.get(DATASET)) > 0) is is_seen


def test_a_record_that_goes_is_a_change(client: Client, shown: Shown, statements: Any):
    factories.UserWithToken()
    client.get(DATASET)

    model.Session.delete(model.Session.scalars(sa.select(model.ApiToken)).first())
    model.Session.commit()

    assert statements(lambda: client.get(DATASET)) > 0


def test_one_reader_makes_a_page_anew_whose_time_is_over(
    client: Client, shown: Shown, statements: Any, monkeypatch: pytest.MonkeyPatch
):
    client.get(DATASET)
    later = time.time() + 1.2 * page_cache.FRESH_SECONDS + 1
    monkeypatch.setattr(page_cache.time, "time", lambda: later)
    key = page_cache._key(create_environ(DATASET))

    # somebody else has begun to
    assert page_cache._is_to_renew(key)
    assert statements(lambda: client.get(DATASET)) == 0

    connect_to_redis().delete(f"{key}:renewed")
    assert statements(lambda: client.get(DATASET)) > 0
    assert statements(lambda: client.get(DATASET)) == 0


def test_reading_alone_forgets_nothing(client: Client, shown: Shown, statements: Any):
    client.get(DATASET)
    model.Session.scalars(sa.select(model.Package)).all()
    model.Session.commit()

    assert statements(lambda: client.get(DATASET)) == 0


def test_a_request_of_an_account_forgets_nothing(
    client: Client, shown: Shown, statements: Any
):
    token = factories.UserWithToken()["token"]
    client.get(DATASET)

    client.get("/api/3/action/status_show", headers={"Authorization": token})

    assert statements(lambda: client.get(DATASET)) == 0


def test_without_redis_pages_are_made_anew(
    client: Client, shown: Shown, ckan_config: dict[str, Any], monkeypatch: Any
):
    monkeypatch.setitem(ckan_config, "ckan.redis.url", "redis://127.0.0.1:1/0")

    assert client.get(DATASET).status_code == 200
    page_cache.forget()


def test_a_user_who_signs_in_is_not_answered_with_what_is_kept(
    client: Client, shown: Shown
):
    user = factories.UserWithToken()
    client.get(DATASET)

    page = client.get(
        DATASET, headers={tk.config["apitoken_header_name"]: user["token"]}
    )

    assert page.cache_control.no_store
