"""Validators of accounts; `user_password_validator` takes the place of CKAN's everywhere."""

from __future__ import annotations

from typing import Any

import ckan.plugins.toolkit as tk
from ckan.types import (
    Context,
    FlattenDataDict,
    FlattenErrorDict,
    FlattenKey,
)

from ckanext.gpo.security import config
from ckanext.gpo.security.accounts import passwords

MOST_OBJECTIONS = 2
"""How many reasons against a password are told at a time."""


def user_password_validator(
    key: FlattenKey, data: FlattenDataDict, errors: FlattenErrorDict, context: Context
) -> None:
    """Refuse a password that is short or easily guessed, and say why."""
    value = data[key]
    if value is tk.missing or value == "":
        return
    if not isinstance(value, str):
        errors[key].append(tk._("Passwords must be strings"))
        return
    objections = passwords.objections(
        value,
        min_length=config.password_min_length(),
        min_score=config.password_min_score(),
        personal=_personal(data, context),
    )
    errors[key].extend(tk._(msgid) for msgid in list(objections)[:MOST_OBJECTIONS])


def gpo_security_token_days(value: int) -> int:
    """Refuse more days than a token may last."""
    most = config.token_max_days()
    if isinstance(value, int) and value > most:  # what is none was refused before
        raise tk.Invalid(tk._("A token lasts {days} days at most.").format(days=most))
    return value


def _personal(data: FlattenDataDict, context: Context) -> list[str]:
    user: Any = context.get("user_obj")
    words = [data.get((field,)) for field in ("name", "fullname", "email")]
    if user:
        words += [user.name, user.fullname, user.email]
    return [word.split("@")[0] for word in words if isinstance(word, str) and word]
