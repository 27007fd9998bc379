"""What the actions of webhooks take."""

from __future__ import annotations

from typing import Any

import ckan.plugins.toolkit as tk
from ckan.logic.schema import validator_args
from ckan.types import Schema, Validator, ValidatorFactory

from ckanext.gpo.common.validation import whole
from ckanext.gpo.common.web.paging import MAX_OFFSET
from ckanext.gpo.dataapi.webhooks import CHOICES, EVERYTHING, SUBJECT_KINDS

MOST_DELIVERIES = 100
"""Attempts in one answer."""

LONGEST_ADDRESS = 2_000


def bounded(value: str) -> str:
    """A validator of the length of an address."""
    if len(value) > LONGEST_ADDRESS:
        message = tk._("A text of at most {most} characters is wanted here")
        raise tk.Invalid(message.format(most=LONGEST_ADDRESS))
    return value


def topics(value: Any) -> list[str]:
    """A validator of what a webhook is told of, in the order of the choices."""
    listed = value if isinstance(value, list) else [value]
    if not listed or not all(each in [*CHOICES] for each in listed):
        message = tk._("Choose at least one of: {choices}")
        raise tk.Invalid(message.format(choices=", ".join(CHOICES)))
    return [choice for choice in CHOICES if choice in listed]


@validator_args
def webhook(not_empty: Validator, unicode_safe: Validator, ignore: Validator) -> Schema:
    """An action that takes nothing but the id of a webhook, or of a message."""
    return {"id": [not_empty, unicode_safe], "__extras": [ignore]}


@validator_args
def create(
    not_empty: Validator,
    unicode_safe: Validator,
    default: ValidatorFactory,
    one_of: ValidatorFactory,
    json_list_or_string: Validator,
    ignore: Validator,
) -> Schema:
    return {
        "address": [not_empty, unicode_safe, bounded],
        "kind": [default(EVERYTHING), one_of([EVERYTHING, *SUBJECT_KINDS])],
        "key": [default(""), unicode_safe],
        "topics": [default([*CHOICES]), json_list_or_string, topics],
        "__extras": [ignore],
    }


@validator_args
def update(
    ignore_missing: Validator,
    not_empty: Validator,
    unicode_safe: Validator,
    boolean_validator: Validator,
    json_list_or_string: Validator,
) -> Schema:
    return {
        **webhook(),
        "address": [ignore_missing, not_empty, unicode_safe, bounded],
        "topics": [ignore_missing, json_list_or_string, topics],
        "on": [ignore_missing, boolean_validator],
    }


@validator_args
def delivery_list(default: ValidatorFactory) -> Schema:
    return {
        **webhook(),
        "limit": [default(20), whole(0, MOST_DELIVERIES)],
        "offset": [default(0), whole(0, MAX_OFFSET)],
    }
