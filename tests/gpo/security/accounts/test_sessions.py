"""Who only reads has no session; and what holds while Redis is away."""

from __future__ import annotations

import pytest

from .conftest import app_code, factor_secret

pytestmark = [
    pytest.mark.usefixtures("non_clean_db"),
    pytest.mark.ckan_config("SESSION_TYPE", "redis"),
]

NO_PAGES = ("api", "util", "webassets", "static", "_debug_toolbar")


def _pages(app) -> list[str]:
    """Every address without arguments that answers a GET."""
    return sorted(
        {
            rule.rule
            for rule in app.flask_app.url_map.iter_rules()
            if not rule.arguments
            and "GET" in (rule.methods or ())
            and rule.endpoint.split(".")[0] not in NO_PAGES
        }
    )


def test_no_page_gives_a_reader_a_session(app, session_keys):
    given, forms = {}, 0
    for path in _pages(app):
        answer = app.test_client().get(path, follow_redirects=False)
        cookies = answer.headers.getlist("Set-Cookie")
        if cookies and _is_to_be_sent(answer):
            forms += 1
        elif cookies:
            given[path] = cookies
    assert len(_pages(app)) > 30
    assert not given
    assert len(session_keys()) == forms


def _is_to_be_sent(answer) -> bool:
    """A form to log in and the like, or what leads there and says why."""
    return 'method="post"' in answer.body or "/user/login" in answer.headers.get(
        "Location", ""
    )


def test_a_form_keeps_its_session_for_an_hour_only(app, session_keys, redis_client):
    app.get("/user/login")
    (key,) = session_keys()
    assert 0 < redis_client.ttl(key) <= 3600


def test_a_login_keeps_it_for_longer(log_in, person, session_keys, redis_client):
    log_in(person)
    (key,) = session_keys()
    assert redis_client.ttl(key) > 3600


@pytest.mark.ckan_config("ckanext.gpo.security.second_factor_required", True)
def test_each_step_of_a_login_leaves_the_session_behind(
    app, log_in, sysadmin, session_keys
):
    """Who has planted a session's id in a browser has no part in the login."""
    app.get("/user/login")
    planted = session_keys()
    log_in(sysadmin)
    half = session_keys()
    page = app.get("/user/second-factor/set-up").body
    app.post("/user/second-factor/set-up", data={"code": app_code(page)})
    whole = session_keys()
    assert len(planted) == len(half) == len(whole) == 1
    assert not planted & half
    assert not half & whole


def test_a_login_takes_nothing_from_who_was_there_before(app, log_in, person):
    """Two people at one screen: the secret that one was shown is not the other's."""
    log_in(person)
    first = factor_secret(app.get("/user/second-factor/set-up").body)
    app.post("/user/_logout")
    log_in(person)
    assert factor_secret(app.get("/user/second-factor/set-up").body) != first


class TestRedisAway:
    def test_readers_notice_nothing(self, app, redis_away):
        for path in ("/", "/dataset/", "/catalogue"):
            answer = app.get(path)
            assert answer.status_code == 200
            assert "会话存储" not in answer.body

    def test_who_is_logged_in_reads_on_and_is_told(self, app, log_in, person, request):
        log_in(person)
        assert person["name"] in app.get("/").body or "退出" in app.get("/").body
        request.getfixturevalue("redis_away")
        answer = app.get("/")
        assert answer.status_code == 200
        assert "暂时无法登录：会话存储没有响应" in answer.body
        assert "退出" not in answer.body
        assert not answer.headers.getlist("Set-Cookie")

    def test_the_form_to_log_in_says_so(self, app, log_in, person, redis_away):
        assert "暂时无法登录" in app.get("/user/login").body
        answer = log_in(person)
        assert answer.status_code == 503
        assert "会话存储（Redis）没有响应" in answer.body

    def test_the_session_goes_on_when_redis_is_back(
        self, app, log_in, is_logged_in, person, request
    ):
        log_in(person)
        sessions = app.flask_app.session_interface
        client = sessions.client
        request.getfixturevalue("redis_away")
        assert not is_logged_in()
        sessions.client = client
        assert is_logged_in()
