"""People who log in, and a site whose sessions are in the Redis of the tests."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pyotp
import pytest
import redis

import ckan.plugins.toolkit as tk
from ckan import model
from ckan.tests import factories

from ckanext.gpo.security.accounts import enrolment, factor, limits
from ckanext.gpo.security.accounts.sessions import RedisSessions

PASSWORD = "seven quiet herons 42"

AFTER_LOGIN = "/desk"


@pytest.fixture(autouse=True)
def fresh_limits(ckan_config: Any) -> None:
    """Nobody has tried anything yet."""
    for limiter in (limits._shared(tk.config["ckan.redis.url"]), limits._local()):
        limiter.storage.reset()


@pytest.fixture
def person(non_clean_db: None) -> dict[str, Any]:
    return factories.User(password=PASSWORD)


@pytest.fixture
def sysadmin(non_clean_db: None) -> dict[str, Any]:
    return factories.Sysadmin(password=PASSWORD)


@pytest.fixture
def log_in(app: Any) -> Callable[..., Any]:
    """Send the form to log in; the answer is not followed."""

    def send(user: dict[str, Any], password: str = PASSWORD, **fields: str) -> Any:
        query = {k: fields.pop(k) for k in ("came_from", "next") if k in fields}
        return app.post(
            "/user/login",
            query_string=query,
            data={"login": user["name"], "password": password, **fields},
            follow_redirects=False,
        )

    return send


@pytest.fixture
def is_logged_in(app: Any) -> Callable[[], bool]:
    return lambda: app.get(AFTER_LOGIN, follow_redirects=False).status_code == 200


@pytest.fixture
def coupled() -> Callable[[dict[str, Any]], pyotp.TOTP]:
    """Give an account a second factor, whose app is then ahead of what was used."""

    def couple(user: dict[str, Any]) -> pyotp.TOTP:
        totp = pyotp.TOTP(factor.new_secret())
        account = model.User.get(user["id"])
        assert enrolment.enrol(account, totp.secret, totp.at(factor.now(), -1))
        return totp

    return couple


@pytest.fixture
def redis_away(app: Any, ckan_config: Any) -> None:
    """Nobody listens where Redis should be, since the site has started."""
    ckan_config["ckan.redis.url"] = "redis://127.0.0.1:1/0"
    sessions = app.flask_app.session_interface
    if isinstance(sessions, RedisSessions):
        sessions.client = redis.Redis.from_url(tk.config["ckan.redis.url"], retry=None)


@pytest.fixture
def session_keys() -> Callable[[], set[bytes]]:
    """The sessions that Redis keeps."""
    client = redis.Redis.from_url(tk.config["ckan.redis.url"])
    for key in client.scan_iter("session:*"):
        client.delete(key)
    return lambda: set(client.scan_iter("session:*"))
