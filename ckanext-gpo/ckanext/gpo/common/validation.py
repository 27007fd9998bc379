"""Validators that the schemas of several rooms share."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import ckan.plugins.toolkit as tk


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
