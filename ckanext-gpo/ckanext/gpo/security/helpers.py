"""What templates need of accounts; two take the place of CKAN's own helpers."""

from __future__ import annotations

from datetime import datetime
from typing import TypedDict

from flask_wtf.csrf import generate_csrf
from markupsafe import Markup

import ckan.plugins.toolkit as tk
from ckan import model

from . import config
from .accounts import targets, tokens


class TokenEnd(TypedDict):
    """When a token ends, and whether that is soon or past."""

    moment: datetime
    soon: bool


def csrf_input() -> Markup:
    """The hidden field of a form; the only thing that gives a reader a session."""
    return Markup('<input type="hidden" name="{}" value="{}">').format(
        tk.config["WTF_CSRF_FIELD_NAME"], generate_csrf()
    )


def url_is_local(url: str) -> bool:
    """Whether a page may lead there after logging in or out."""
    return targets.is_local(url)


def gpo_security_token_end(token_id: str) -> TokenEnd:
    token = model.Session.get_one(model.ApiToken, token_id)
    return {"moment": tokens.expiry(token), "soon": tokens.is_ending(token)}


def gpo_security_token_days() -> tuple[int, int]:
    """How many days a token lasts by default, and at most."""
    return config.token_days(), config.token_max_days()


def gpo_security_login_days() -> int:
    """For how many days “remember me” remembers."""
    return config.login_seconds() // 86400
