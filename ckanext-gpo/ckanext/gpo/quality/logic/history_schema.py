"""What the actions of the history take."""

from __future__ import annotations

from datetime import datetime
from typing import Any

import ckan.plugins.toolkit as tk
from ckan.logic.schema import validator_args
from ckan.types import Schema, Validator, ValidatorFactory

from ckanext.gpo.common.comparison import KINDS
from ckanext.gpo.common.validation import moment, visible, whole

MOST_RECORDS = 1000
"""How many records one answer of the diff tells at most."""

_LARGEST = 2**31 - 1


@validator_args
def version_change(
    not_empty: Validator,
    unicode_safe: Validator,
    default: ValidatorFactory,
    ignore: Validator,
) -> Schema:
    return {
        "id": [not_empty, unicode_safe],
        "reason": [default(""), unicode_safe, visible, _words],
        "__extras": [ignore],
    }


@validator_args
def withdrawal(
    not_empty: Validator, unicode_safe: Validator, ignore: Validator
) -> Schema:
    return {"dataset": [not_empty, unicode_safe], "__extras": [ignore]}


@validator_args
def version_diff(
    not_empty: Validator,
    unicode_safe: Validator,
    default: ValidatorFactory,
    one_of: ValidatorFactory,
    ignore: Validator,
) -> Schema:
    return {
        "dataset": [not_empty, unicode_safe],
        "from": [not_empty, whole(1, _LARGEST)],
        "to": [not_empty, whole(1, _LARGEST)],
        "kind": [default(""), one_of(["", *KINDS])],
        "offset": [default(0), whole(0, _LARGEST)],
        "limit": [default(100), whole(0, MOST_RECORDS)],
        "__extras": [ignore],
    }


@validator_args
def changes(
    not_empty: Validator,
    unicode_safe: Validator,
    default: ValidatorFactory,
    ignore: Validator,
) -> Schema:
    return {
        "dataset": [not_empty, unicode_safe],
        "since": [default(None), _number_or_moment],
        "__extras": [ignore],
    }


def _words(value: str) -> str:
    # Events are never rewritten, so what goes in has to be something to read.
    words = " ".join(value.split())
    if not words:
        raise tk.Invalid(tk._("Say why: the reason stays in the history"))
    return words


def _number_or_moment(value: Any) -> int | datetime | None:
    if value is None:
        return None
    text = str(value)
    if text.isascii() and text.isdigit():
        return min(int(text), _LARGEST)
    try:
        return moment(text)
    except tk.Invalid:
        raise tk.Invalid(
            tk._(
                "The number of a version or a moment is wanted, as 2026-11-23T09:00:00Z"
            )
        ) from None
