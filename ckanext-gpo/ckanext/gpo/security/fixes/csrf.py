"""CSRF protection that an API token switches off for its own request only.

CKAN 2.12.0 exempts the view in the whole process (fixed in 2.11.6). In the same spirit,
an API call that carries no cookie has nothing that could be forged and needs no token.

CKAN writes a token into the head of every page, and so gives every reader a session and a
cookie: here only who is logged in gets one there, everyone else with a form that they send
(`h.csrf_input`).
"""

from __future__ import annotations

from typing import Any

from flask import current_app, g, has_request_context, request
from flask_login import current_user
from flask_wtf.csrf import CSRFProtect, generate_csrf

from ckan.config.middleware import flask_app


class RequestCSRFProtect(CSRFProtect):
    """CSRF protection whose exemptions by name end with the request."""

    def init_app(self, app: Any) -> None:
        super().init_app(app)
        app.jinja_env.globals["csrf_token"] = csrf_token
        app.context_processor(lambda: {"csrf_token": csrf_token})

    def exempt(self, view: Any) -> Any:
        if isinstance(view, str) and has_request_context():
            # CKAN asks for this on every anonymous request too: only who has come with
            # a valid token is exempt, or logging in could be forged.
            g.gpo_csrf_exempt = current_user.is_authenticated
            return view
        return super().exempt(view)

    def _is_exempt(self) -> bool:
        if g.get("gpo_csrf_exempt") or self._nothing_to_forge():
            return True
        return super()._is_exempt()

    @staticmethod
    def _nothing_to_forge() -> bool:
        cookies = (
            current_app.config["SESSION_COOKIE_NAME"],
            current_app.config.get("REMEMBER_COOKIE_NAME", "remember_token"),
        )
        return request.blueprint == "api" and not any(
            name in request.cookies for name in cookies
        )


def csrf_token() -> str:
    """The token for scripts and CKAN's forms; empty for a reader, who has no session."""
    return generate_csrf() if current_user.is_authenticated else ""


def install() -> None:
    flask_app.csrf.__class__ = RequestCSRFProtect
