"""CSRF protection that an API token switches off for its own request only.

CKAN 2.12.0 exempts the view in the whole process (fixed in 2.11.6). In the same spirit,
an API call that carries no cookie has nothing that could be forged and needs no token.
"""

from __future__ import annotations

from typing import Any

from flask import current_app, g, has_request_context, request
from flask_login import current_user
from flask_wtf.csrf import CSRFProtect

from ckan.config.middleware import flask_app


class RequestCSRFProtect(CSRFProtect):
    """CSRF protection whose exemptions by name end with the request."""

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


def install() -> None:
    flask_app.csrf.__class__ = RequestCSRFProtect
