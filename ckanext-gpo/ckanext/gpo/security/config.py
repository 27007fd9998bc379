"""Typed access to this plugin's options."""

from __future__ import annotations

from typing import Literal

from limits import RateLimitItem, parse

import ckan.plugins.toolkit as tk
from ckan.exceptions import CkanConfigurationException

PREFIX = "ckanext.gpo.security."

LimitName = Literal[
    "login_limit_account",
    "login_limit_address",
    "factor_limit_account",
    "register_limit_address",
    "reset_limit_account",
    "reset_limit_address",
]


def limit(name: LimitName) -> RateLimitItem:
    """How often something may be tried.

    :raises CkanConfigurationException: the option is no limit
    """
    text = tk.config[PREFIX + name]
    try:
        return parse(text)
    except ValueError as error:
        raise CkanConfigurationException(
            f"{PREFIX}{name} = {text}: write it as `10 per 15 minutes`"
        ) from error


def secret_key() -> str:
    return tk.config["SECRET_KEY"]


def login_seconds() -> int:
    """How long a login lasts at most; also how long “remember me” remembers."""
    return int(tk.config["REMEMBER_COOKIE_DURATION"])


def password_min_length() -> int:
    return tk.config[PREFIX + "password_min_length"]


def password_min_score() -> int:
    return tk.config[PREFIX + "password_min_score"]


def second_factor_required() -> bool:
    return tk.config[PREFIX + "second_factor_required"]


def token_days() -> int:
    """How many days a new token lasts unless its owner chooses otherwise."""
    return min(tk.config[PREFIX + "token_days"], token_max_days())


def token_max_days() -> int:
    return tk.config[PREFIX + "token_max_days"]


def token_notice_days() -> int:
    return tk.config[PREFIX + "token_notice_days"]
