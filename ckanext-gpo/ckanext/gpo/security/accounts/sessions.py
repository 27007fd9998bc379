"""Where sessions live: in Redis, for who logs in; and what holds while it is away.

Whoever only reads has no session. While Redis does not answer, readers notice nothing,
whoever is logged in sees the site as a reader with a notice, and nothing is asked of a
form: its answer could not be kept.
"""

from __future__ import annotations

import logging
from datetime import timedelta
from typing import Any, Final, cast

import redis
from flask import Flask, Response, current_app, make_response, request
from flask_session.base import ServerSideSession
from flask_session.redis import RedisSessionInterface
from flask_session.redis.redis import RedisSession

import ckan.plugins.toolkit as tk
from ckan.common import session
from ckan.config.middleware import flask_app
from ckan.views.user import regenerate_session

log = logging.getLogger(__name__)

TIMEOUT: Final = 1.0
"""Seconds that Redis may take before it counts as away."""

BEFORE_LOGIN: Final = timedelta(hours=1)
"""How long a form may stay open that someone sends without having logged in."""

RETRY_SECONDS: Final = 30


class AccountSession(RedisSession):
    """A session; `unavailable` when its store does not answer."""

    unavailable = False


class RedisSessions(RedisSessionInterface):
    """Sessions in the site's Redis, with a client that soon gives up."""

    session_class = AccountSession

    def __init__(self, app: Flask) -> None:
        self.client = redis.Redis.from_url(
            tk.config["ckan.redis.url"],
            socket_connect_timeout=TIMEOUT,
            socket_timeout=TIMEOUT,
            retry=None,
        )
        super().__init__(
            app,
            self.client,
            app.config["SESSION_KEY_PREFIX"],
            app.config["SESSION_USE_SIGNER"],
            app.config["SESSION_PERMANENT"],
        )

    def open_session(self, app: Flask, request: Any) -> AccountSession:
        try:
            return cast("AccountSession", super().open_session(app, request))
        except redis.RedisError as error:
            log.warning("No sessions, Redis does not answer: %s", error)
            opened = AccountSession(sid=request.cookies[self.get_cookie_name(app)])
            opened.unavailable = True
            return opened

    def save_session(
        self, app: Flask, session: ServerSideSession, response: Response
    ) -> None:
        if isinstance(session, AccountSession) and session.unavailable:
            return  # the cookie stays good for when Redis is back
        if not session and self.get_cookie_name(app) not in request.cookies:
            return  # what was put in and taken out again is no session to end
        try:
            super().save_session(app, session, response)
        except redis.RedisError as error:
            log.warning("A session is lost, Redis does not answer: %s", error)

    def _upsert_session(
        self, session_lifetime: timedelta, session: ServerSideSession, store_id: str
    ) -> None:
        if "_user_id" not in session:
            session_lifetime = min(session_lifetime, BEFORE_LOGIN)
        super()._upsert_session(session_lifetime, session, store_id)

    def is_away(self) -> bool:
        try:
            self.client.ping()
        except redis.RedisError:
            return True
        return False


def restart() -> None:
    """A session of another id with nothing in it.

    Whoever knew the one before, or put something into it, has no part in what follows.
    """
    regenerate_session()
    session.clear()


def guard(*, needed: bool) -> Response | None:
    """Say that Redis is away to those whom it concerns, before their request is answered.

    :param needed: the page is nothing without a session: a form to log in and the like
    """
    if not getattr(session, "unavailable", False):
        sessions = current_app.session_interface
        if not (needed and isinstance(sessions, RedisSessions) and sessions.is_away()):
            return None
        session.unavailable = True  # type: ignore[attr-defined]
    if tk.request.blueprint == "api":
        return None
    if tk.request.method not in ("GET", "HEAD", "OPTIONS"):
        response = make_response(tk.render("gpo_security/sessions_away.html"), 503)
        response.headers["Retry-After"] = str(RETRY_SECONDS)
        return response
    # Held by this request's session only, so it is shown once and to nobody else.
    tk.request.environ["__no_cache__"] = True
    tk.h.flash_error(
        tk._(
            "Logging in is not possible for the moment: the session store does not "
            "answer. Reading, searching and downloading work. Please try again in a "
            "few minutes."
        )
    )
    return None


def install() -> None:
    flask_app.CKANRedisSessionInterface = RedisSessions  # type: ignore[assignment]
