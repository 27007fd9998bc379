"""What a session and a “remember me” cookie say about who someone is.

Flask-Login keeps what `User.get_id` returns. CKAN's is the bare id, good for ever; ours is
signed with a key that is made of the password's hash and the second factor, and carries
its time. So a login ends everywhere when either changes, and after as long as “remember
me” says, whatever the browser does with the cookie.
"""

from __future__ import annotations

import hashlib
from typing import Any

from flask import has_request_context
from flask_login import login_remembered
from itsdangerous import BadSignature, TimestampSigner

import ckan.plugins.toolkit as tk
from ckan import model
from ckan.common import session
from ckan.views.user import regenerate_session

from ckanext.gpo.security import config
from ckanext.gpo.security.model import Factor


def login_id(user: model.User) -> str:
    """What a new login of the account is known by."""
    return _signer(user).sign(user.id).decode()


def user_from_login(login: str) -> model.User | None:
    """The account of a login that still holds."""
    user = model.User.get(login.partition(".")[0])
    if user is None:
        return None
    try:
        _signer(user).unsign(login, max_age=config.login_seconds())
    except BadSignature:
        return None
    return user


def identify(login: str) -> model.User | model.AnonymousUser | None:
    """Who a session belongs to; a login that has ended is forgotten.

    A request with an API token is the token's: `None` lets CKAN read it.
    """
    if tk.request.headers.get(tk.config["apitoken_header_name"]):
        return None
    if getattr(session, "unavailable", False):
        return model.AnonymousUser()
    user = user_from_login(login)
    if user is None:
        session.pop("_user_id", None)
        session.pop("_fresh", None)
        if login_remembered():
            session["_remember"] = "clear"
        return model.AnonymousUser()
    return user


def renew(user: model.User) -> None:
    """Let the login at hand go on although password or factor have changed."""
    login = session.get("_user_id", "") if has_request_context() else ""
    if login.partition(".")[0] == user.id and not user_from_login(login):
        remembered = login_remembered()
        regenerate_session()
        session["_user_id"] = login_id(user)
        if remembered:
            session["_remember"] = "set"


def renew_after_update(sender: str, **kwargs: Any) -> None:
    """Renew the login of who has just changed their own password."""
    user = model.User.get(kwargs["result"]["id"])
    if user and user.id == getattr(tk.current_user, "id", ""):
        renew(user)


def install() -> None:
    model.User.get_id = login_id  # type: ignore[method-assign]


def _signer(user: model.User) -> TimestampSigner:
    factor = model.Session.get(Factor, user.id)
    since = factor.created.timestamp() if factor else ""
    return TimestampSigner(
        config.secret_key(),
        salt=f"gpo-login {user.password} {since}",
        key_derivation="hmac",
        digest_method=hashlib.sha256,
    )
