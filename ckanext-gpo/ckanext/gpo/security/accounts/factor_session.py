"""What an account with a second factor may do only in a session that has shown it."""

from __future__ import annotations

from flask import g, has_request_context

import ckan.plugins.toolkit as tk

from . import enrolment


def token_refusal(name: str) -> str:
    """Why the account may make no API token now; empty if it may.

    A login is complete only after the second factor, so any session has shown it; a
    token has not. Commands on the server are as good as a session.
    """
    user = tk.current_user if has_request_context() else None
    if user is None or user.is_anonymous or user.name != name:
        return ""
    if enrolment.has_factor(user):  # type: ignore[arg-type]
        if g.get("login_via_auth_header"):
            return tk._("Log in with your second factor to make an API token.")
    elif enrolment.must_have_factor(user):  # type: ignore[arg-type]
        return tk._("Set up your second factor first, then make an API token.")
    return ""
