"""Validators that the schemas of several rooms share."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timezone
from typing import Any

import ckan.plugins.toolkit as tk

from . import characters


def whole(least: int, most: int) -> Callable[[Any], int]:
    """A validator of whole numbers within bounds, which turns text into a number."""

    def validate(value: Any) -> int:
        try:
            number = int(value)
        except (TypeError, ValueError):
            number = least - 1
        if not least <= number <= most:
            message = tk._("A whole number from {least} to {most} is wanted here")
            raise tk.Invalid(message.format(least=least, most=most))
        return number

    return validate


def names(most: int) -> Callable[[Any], list[str]]:
    """A validator of names of datasets: a list of texts of at most that many, or one."""

    def validate(value: Any) -> list[str]:
        listed = value if isinstance(value, list) else [value]
        if not all(isinstance(name, str) for name in listed):
            raise tk.Invalid(tk._("Names of datasets are wanted, as a list of texts."))
        if len(listed) > most:
            message = tk._("At most {most} datasets at once, and there are {count}.")
            raise tk.Invalid(message.format(most=most, count=len(listed)))
        return listed

    return validate


def moment(value: Any) -> datetime:
    """A validator of a moment in ISO 8601; it is UTC unless it says so."""
    try:
        parsed = datetime.fromisoformat(str(value))
    except ValueError:
        message = tk._("A moment is wanted here, as 2026-11-23T09:00:00Z")
        raise tk.Invalid(message) from None
    return parsed if parsed.tzinfo else parsed.replace(tzinfo=timezone.utc)


def visible(value: Any) -> Any:
    """A validator of a text, or of nested texts: nothing in it is there without being seen."""
    for text in characters.texts(value):
        if code := characters.forbidden(text):
            message = tk._(
                "This text holds the character {code}, which does not show: delete it"
            )
            raise tk.Invalid(message.format(code=code))
    return value


def hold_visible(data_dict: dict[str, Any]) -> None:
    """Hold everything that an action takes, passwords aside, to `visible`.

    :raises ValidationError: field → which character
    """
    errors = {}
    for field, value in data_dict.items():
        try:
            if "password" not in field:
                visible(value)
        except tk.Invalid as invalid:
            errors[field] = [invalid.error]
    if errors:
        raise tk.ValidationError(errors)
