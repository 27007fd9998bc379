"""Logins whose password was right and whose second factor is still to come."""

from __future__ import annotations

import time
from dataclasses import asdict, dataclass

import ckan.plugins.toolkit as tk
from ckan import model
from ckan.common import session

from . import identity, sessions

_KEY = "gpo_pending_login"

SECONDS = 600
"""How long the second factor may take."""


@dataclass(frozen=True)
class Pending:
    """Whose login waits, whether it shall be remembered, and where it leads.

    `login` is signed as that of a session is: it ends with the password it was made by.
    """

    login: str
    remember: bool
    target: str
    since: float


def start(user: model.User, *, remember: bool, target: str) -> None:
    sessions.restart()
    login = identity.login_id(user)
    session[_KEY] = asdict(Pending(login, remember, target, time.time()))


def current() -> Pending | None:
    """The login that waits in this session, unless it waits for too long."""
    if _KEY not in session:
        return None
    pending = Pending(**session[_KEY])
    return pending if time.time() - pending.since < SECONDS else None


def user() -> model.User | None:
    """Who sets up or shows a second factor: logged in, or about to be."""
    if tk.current_user.is_authenticated:
        return tk.current_user  # type: ignore[return-value]
    waiting = current()
    account = identity.user_from_login(waiting.login) if waiting else None
    return account if account and account.is_active else None


def user_id() -> str:
    account = user()
    return account.id if account else ""
