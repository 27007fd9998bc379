"""Who may keep an answer."""

from __future__ import annotations

from typing import Any

import pytest
from flask import session

from ckan.tests import factories

from ckanext.gpo.common.tables import table
from ckanext.gpo.portal import caching

from ..conftest import VENUES, Shown

pytestmark = pytest.mark.usefixtures("non_clean_db")


@pytest.fixture
def answer(app: Any) -> Any:
    """The marks of an answer, for an anonymous reader of `/about`."""

    def marked(
        *,
        changed: bool = False,
        headers: dict[str, str] | None = None,
        said: dict[str, Any] | None = None,
    ) -> Any:
        flask = app.flask_app
        with flask.test_request_context("/about", headers=headers):
            flask.preprocess_request()
            session.modified = changed
            response = flask.response_class("<p>text</p>")
            response.cache_control.update(said or {})
            return caching.mark(response)

    return marked


def test_what_is_public_is_kept_for_a_minute(answer: Any):
    control = answer().cache_control

    assert control.public
    assert control.max_age == caching.FRESH_SECONDS
    assert not control.private
    assert set(answer().vary) >= {"Cookie", "Authorization"}


def test_who_has_it_already_is_told_so(answer: Any):
    tag = answer().headers["ETag"]

    again = answer(headers={"If-None-Match": tag})

    assert again.status_code == 304


@pytest.mark.ckan_config("SESSION_TYPE", "redis")
def test_readers_get_pages_to_keep_and_no_cookie(app: Any, shown: Shown):
    dataset = f"/dataset/{table(VENUES).dataset_name}"
    paths = {"/", "/dataset/", "/search", "/catalogue", dataset}
    pages = {path: app.get(path, follow_redirects=False) for path in paths}

    kept = {path for path, page in pages.items() if page.cache_control.public}
    cookies = {path for path, page in pages.items() if "Set-Cookie" in page.headers}
    assert kept == paths
    assert not cookies


def test_what_makes_a_session_is_kept_by_nobody_else(answer: Any):
    control = answer(changed=True).cache_control

    assert not control.public
    assert control.max_age is None


def test_who_comes_with_a_session_is_kept_by_nobody_else(answer: Any):
    assert not answer(headers={"Cookie": "ckan=known"}).cache_control.public


def test_readers_with_an_account_leave_nothing_behind(app: Any):
    user = factories.UserWithToken()

    read = app.get("/about", headers={"Authorization": user["token"]})

    assert "no-store" in read.headers["Cache-Control"]
    assert "private" in read.headers["Cache-Control"]
    assert "public" not in read.headers["Cache-Control"]


def test_what_a_view_says_itself_stays(answer: Any):
    control = answer(said={"no-cache": None}).cache_control

    assert control.no_cache
    assert control.max_age is None
