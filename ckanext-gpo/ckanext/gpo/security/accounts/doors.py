"""The forms that anyone may send: how often each, for one account and from one address."""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from flask import Response, has_request_context, make_response

import ckan.plugins.toolkit as tk
from ckan import model
from ckan.lib import mailer

from ckanext.gpo.common import limits
from ckanext.gpo.common.web.address import request_address
from ckanext.gpo.security import config

from . import pending, sessions


@dataclass(frozen=True)
class Door:
    """A form's limits; `counted` where each sending counts, not only a wrong answer."""

    address_limit: config.LimitName
    account_limit: config.LimitName | None = None
    account: Callable[[], str] = lambda: ""
    counted: bool = False


def account_key(text: str) -> str:
    """One key for an account, whether its name or its e-mail address is given."""
    text = text.strip().lower().replace("\0", "")
    user = model.User.by_name(text) or model.User.by_email(text)
    return user.id if user else text


_FACTOR = Door("login_limit_address", "factor_limit_account", pending.user_id)

DOORS = {
    "user.login": Door(
        "login_limit_address",
        "login_limit_account",
        lambda: account_key(tk.request.form.get("login", "")),
    ),
    # Changing the password asks for the old one: another place to guess it.
    "user.edit": Door(
        "login_limit_address",
        "login_limit_account",
        lambda: getattr(tk.current_user, "id", ""),
    ),
    "user.register": Door("register_limit_address", counted=True),
    "gpo_accounts.request_reset": Door(
        "reset_limit_address",
        "reset_limit_account",
        lambda: account_key(tk.request.form.get("user", "")),
        counted=True,
    ),
    "user.perform_reset": Door("reset_limit_address", counted=True),
    "gpo_second_factor.check": _FACTOR,
    "gpo_second_factor.set_up": _FACTOR,
    "gpo_second_factor.recovery_codes": _FACTOR,
    "gpo_second_factor.turn_off": _FACTOR,
}

_SHOWS_A_FORM = {*DOORS, "user.request_reset"}


def guard() -> Response | None:
    """Refuse what is tried too often, before anything is done for it."""
    endpoint = tk.request.endpoint or ""
    if endpoint == "user.register" and not tk.h.check_access("user_create"):
        tk.abort(404)
    if endpoint == "user.perform_reset":
        _check_reset_key()
    door = DOORS.get(endpoint)
    if door and tk.request.method == "POST" and (wait := _wait(door)):
        return _too_often(wait)
    return sessions.guard(needed=endpoint in _SHOWS_A_FORM)


def count_failure(endpoint: str) -> None:
    """Count a wrong answer given at a door."""
    door = DOORS[endpoint]
    for limit, key in _keys(door):
        limits.count(config.limit(limit), limit, key)


def forget_failures(endpoint: str) -> None:
    """Forget an account's wrong answers once the right one was given."""
    door = DOORS[endpoint]
    if door.account_limit:
        limits.forget(
            config.limit(door.account_limit), door.account_limit, door.account()
        )


def failed_login(login: str | None, **kwargs: Any) -> None:
    """A wrong password was given, at whichever door asks for one."""
    if has_request_context() and tk.request.endpoint in ("user.login", "user.edit"):
        count_failure(tk.request.endpoint)


def _keys(door: Door) -> list[tuple[config.LimitName, str]]:
    keys: list[tuple[config.LimitName, str]] = [
        (door.address_limit, request_address(tk.request.environ))
    ]
    if door.account_limit and (account := door.account()):
        keys.append((door.account_limit, account))
    return keys


def _wait(door: Door) -> int:
    keys = _keys(door)
    wait = max(
        limits.retry_after(config.limit(limit), limit, key) for limit, key in keys
    )
    if not wait and door.counted:
        for limit, key in keys:
            limits.count(config.limit(limit), limit, key)
    return wait


def _too_often(seconds: int) -> Response:
    content = tk._("Too many attempts. Please try again in {minutes} minutes.").format(
        minutes=math.ceil(seconds / 60)
    )
    page = tk.render("error_document_template.html", {"code": 429, "content": content})
    response = make_response(page, 429)
    response.headers["Retry-After"] = str(seconds)
    return response


def _check_reset_key() -> None:
    """One answer for an account that does not exist and for a key that is not its own."""
    user = model.User.get((tk.request.view_args or {}).get("id"))
    key = tk.request.args.get("key")
    if user is None or not mailer.verify_reset_link(user, key):
        tk.abort(
            410,
            tk._(
                "The link to reset the password is not valid, has been used or is "
                "more than a day old. Please request another one."
            ),
        )
