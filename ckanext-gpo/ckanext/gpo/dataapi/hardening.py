"""Three security fixes that CKAN 2.11.6 has and the 2.12.0 wheel lacks.

1. A request with an API token switched CSRF protection off for its view in the whole
   process; here the exemption lasts for that request only. In the same spirit, an API
   call that carries no cookie has nothing that could be forged, so it needs no token.
2. STARTTLS accepted any certificate; here it verifies.
3. `ts_rewrite` runs SQL from its argument; here it is never an allowed function.

Each is dropped when upstream has it; tests/gpo/dataapi/test_hardening.py tells.
"""

from __future__ import annotations

import smtplib
import ssl
import types
from typing import Any

from flask import current_app, g, has_request_context, request
from flask_login import current_user
from flask_wtf.csrf import CSRFProtect

from ckan.config.middleware import flask_app
from ckan.lib import mailer

from ckanext.datastore.backend.postgres import DatastorePostgresqlBackend


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


class VerifyingSMTP(smtplib.SMTP):
    """An SMTP client that checks the server's certificate when it turns to TLS."""

    def starttls(self, *, context: ssl.SSLContext | None = None) -> Any:
        return super().starttls(context=context or ssl.create_default_context())


_configure = DatastorePostgresqlBackend.configure


def configure_datastore(self: DatastorePostgresqlBackend, config: Any) -> None:
    """The DataStore's configuration, less the functions that run SQL given as text."""
    _configure(self, config)
    if self.enable_sql_search:
        self.allowed_sql_functions.discard("ts_rewrite")


_MAILER_SMTPLIB = types.SimpleNamespace(**{**vars(smtplib), "SMTP": VerifyingSMTP})


def install() -> None:
    """Mend the three; safe to call twice.

    They stay for the life of the process: CKAN 2.12 forgets a plugin before it tells it
    that it is unloaded, and taking a security fix back would serve nobody.
    """
    flask_app.csrf.__class__ = RequestCSRFProtect
    mailer.smtplib = _MAILER_SMTPLIB  # type: ignore[assignment]
    DatastorePostgresqlBackend.configure = configure_datastore  # type: ignore[method-assign]
