"""People who log in, and a site whose sessions are in the Redis of the tests."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pyotp
import pytest
import redis

import ckan.plugins.toolkit as tk
from ckan import model
from ckan.lib import mailer
from ckan.tests import factories
from ckan.tests.helpers import FakeSMTP, call_action

from ckanext.gpo.catalogue import reference, seed
from ckanext.gpo.common import limits
from ckanext.gpo.security.accounts import enrolment, factor
from ckanext.gpo.security.accounts.sessions import RedisSessions

PASSWORD = "seven quiet herons 42"

AFTER_LOGIN = "/desk"


def code_at(totp: pyotp.TOTP, steps: int) -> str:
    """The app's code some steps of 30 seconds from now."""
    return totp.at(factor.now() + timedelta(seconds=30 * steps))


def factor_secret(page: str) -> str:
    """What the page that sets up a second factor shows."""
    match = re.search(r'<code class="code">([A-Z2-7 ]+)</code>', page)
    assert match
    return match[1].replace(" ", "")


def app_code(page: str) -> str:
    """The present code of an app that was set up from the page."""
    return pyotp.TOTP(factor_secret(page)).now()


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
        assert enrolment.enrol(account, totp.secret, code_at(totp, -1))
        return totp

    return couple


@pytest.fixture
def make_member(non_clean_db: None) -> Callable[[dict[str, Any], str], None]:
    """Take an account into a department."""
    department = reference.departments()[0]
    seed.ensure_department(department)

    def make(user: dict[str, Any], role: str) -> None:
        call_action(
            "organization_member_create",
            {"user": call_action("get_site_user")["name"]},
            id=department["name"],
            username=user["name"],
            role=role,
        )

    return make


@pytest.fixture
def redis_away(app: Any, ckan_config: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    """Nobody listens where Redis should be, since the site has started."""
    ckan_config["ckan.redis.url"] = "redis://127.0.0.1:1/0"
    sessions = app.flask_app.session_interface
    if isinstance(sessions, RedisSessions):
        nobody = redis.Redis.from_url(tk.config["ckan.redis.url"], retry=None)
        monkeypatch.setattr(sessions, "client", nobody)


@pytest.fixture
def redis_client(ckan_config: Any) -> redis.Redis:
    return redis.Redis.from_url(tk.config["ckan.redis.url"])


@pytest.fixture
def mail_server(monkeypatch: pytest.MonkeyPatch) -> FakeSMTP:
    """Mails stay here: CKAN's fixture misses the SMTP client that
    `smtp_client` puts in."""
    server = FakeSMTP()
    monkeypatch.setattr(mailer.smtplib, "SMTP", server)
    return server


@pytest.fixture
def session_keys(redis_client: redis.Redis) -> Callable[[], set[bytes]]:
    """The sessions that Redis keeps."""
    for key in redis_client.scan_iter("session:*"):
        redis_client.delete(key)
    return lambda: set(redis_client.scan_iter("session:*"))
