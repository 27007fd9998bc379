"""Numbers that nothing can hold are invalid, and say so.

CKAN 2.12.0 takes integers of any length, which PostgreSQL then refuses as a fault,
compares the `None` of a blank text with zero, and asks the system for the date of any
timestamp.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any

import ckan.plugins.toolkit as tk
from ckan.logic import clear_validators_cache, validators
from ckan.types import Context

from ckanext.gpo.security.payload import MAX_INTEGER

NumberValidator = Callable[[Any, Context], Any]


def _bounded(validator: NumberValidator) -> NumberValidator:
    """An integer of at most 64 bits; None if blank."""

    @wraps(validator)
    def checked(value: Any, context: Context) -> int | None:
        try:
            number = validator(value, context)
        except (ValueError, OverflowError) as error:  # not finite
            raise tk.Invalid(tk._("Invalid integer")) from error
        if number is not None and not -MAX_INTEGER <= number <= MAX_INTEGER:
            raise tk.Invalid(tk._("This number is too large"))
        return number

    return checked


def _not_blank(validator: NumberValidator) -> NumberValidator:
    @wraps(validator)
    def checked(value: Any, context: Context) -> int:
        if validators.int_validator(value, context) is None:
            raise tk.Invalid(tk._("Invalid integer"))
        return validator(value, context)

    return checked


def _datable(validator: NumberValidator) -> NumberValidator:
    @wraps(validator)
    def checked(value: Any, context: Context) -> Any:
        try:
            return validator(value, context)
        except (OSError, OverflowError) as error:  # a year that no calendar has
            raise tk.Invalid(tk._("This number is too large")) from error

    return checked


_MENDED: dict[str, NumberValidator] = {
    "int_validator": _bounded(validators.int_validator),
    "natural_number_validator": _not_blank(validators.natural_number_validator),
    "is_positive_integer": _not_blank(validators.is_positive_integer),
    "datetime_from_timestamp_validator": _datable(
        validators.datetime_from_timestamp_validator
    ),
}


def install() -> None:
    for name, validator in _MENDED.items():
        setattr(validators, name, validator)
    clear_validators_cache()
