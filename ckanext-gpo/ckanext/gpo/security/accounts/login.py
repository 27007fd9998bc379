"""From a password to a session, by way of the second factor where there is one.

Takes the place of CKAN's, which lets in by the password alone, remembers for as many
milliseconds as the form says, and answers faster for accounts that do not exist.
"""

from __future__ import annotations

from functools import cache
from typing import Any

from flask import Response, make_response
from passlib.handlers.pbkdf2 import pbkdf2_sha512
from werkzeug.wrappers import Response as AnyResponse

import ckan.plugins.toolkit as tk
from ckan import model
from ckan.common import login_user
from ckan.lib import authenticator
from ckan.views import user as views

from . import doors, enrolment, pending, sessions


def login() -> AnyResponse | None:
    """Answer the form; CKAN shows it."""
    if tk.request.method != "POST" or tk.current_user.is_authenticated:
        return None
    form = tk.request.form
    user = authenticator.ckan_authenticator(
        {"login": form.get("login", ""), "password": form.get("password", "")}
    )
    if not isinstance(user, model.User):
        tk.h.flash_error(tk._("Login failed. Bad username or password."))
        return _page()
    doors.forget_failures("user.login")
    args = tk.request.args
    target = args.get("next", args.get("came_from", ""))
    remember = bool(form.get("remember"))
    if enrolment.has_factor(user):
        pending.start(user, remember=remember, target=target)
        return tk.redirect_to("gpo_second_factor.check")
    if enrolment.must_have_factor(user):
        pending.start(user, remember=remember, target=target)
        return tk.redirect_to("gpo_second_factor.set_up")
    return complete(user, remember=remember, target=target)


def complete(user: model.User, *, remember: bool, target: str) -> AnyResponse:
    """Log in, in a session of another id than before."""
    start_session(user, remember=remember)
    return views.next_page_or_default(target)


def start_session(user: model.User, *, remember: bool) -> None:
    sessions.restart()
    login_user(user, remember=remember)


def authenticate(identity: dict[str, Any]) -> None:
    """Do for an unknown account the work that CKAN does for a known one: hash a password."""
    login = identity.get("login") or ""
    user = model.User.by_name(login) or model.User.by_email(login)
    if user is None or not user.is_active or not user.password:
        pbkdf2_sha512.verify(identity.get("password") or "", _some_hash())


@cache
def _some_hash() -> str:
    return pbkdf2_sha512.hash("")


def _page() -> Response:
    return make_response(tk.render("user/login.html", {}))
