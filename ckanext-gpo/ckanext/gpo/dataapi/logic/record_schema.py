"""What the actions take that query records."""

from __future__ import annotations

import contextlib
import json
from typing import Any, Final

import ckan.plugins.toolkit as tk
from ckan.logic.schema import validator_args
from ckan.types import Schema, Validator, ValidatorFactory

from ckanext.gpo.common.validation import visible, whole

MOST: Final = 1_000
"""How many records or groups one answer tells at most."""

MOST_QUESTIONS: Final = 100
MOST_COLLECTED: Final = 100
"""How many questions one call asks, and how many records it tells of each, at most."""

DEEPEST: Final = 5
"""How many foreign keys away from a record related ones are told at most."""

COUNTS: Final = ["bounded", "exact", "none"]
"""How far an answer counts."""

LONGEST_JSON: Final = 100_000
LONGEST_TEXT: Final = 200


@validator_args
def record_list(
    not_empty: Validator,
    unicode_safe: Validator,
    default: ValidatorFactory,
    ignore_missing: Validator,
    ignore: Validator,
    one_of: ValidatorFactory,
) -> Schema:
    return {
        "dataset": [not_empty, unicode_safe],
        "filters": [default(None), _json],
        "q": [default(""), text],
        "sort": [default(""), text],
        "fields": [default(None), _names],
        "limit": [default(100), whole(0, MOST)],
        "after": [default(""), text],
        "before": [default(""), text],
        "count": [default("bounded"), one_of(COUNTS)],
        "version": [ignore_missing, whole(1, 2**31 - 1)],
        "as_of": [default(""), text],
        "__extras": [ignore],
    }


@validator_args
def record_collect(
    not_empty: Validator, default: ValidatorFactory, ignore: Validator
) -> Schema:
    return {
        "questions": [not_empty, _json, _questions],
        "limit": [default(10), whole(1, MOST_COLLECTED)],
        "__extras": [ignore],
    }


@validator_args
def field_profile_list(
    not_empty: Validator, unicode_safe: Validator, ignore: Validator
) -> Schema:
    return {"dataset": [not_empty, unicode_safe], "__extras": [ignore]}


@validator_args
def schema_show(
    not_empty: Validator, unicode_safe: Validator, ignore: Validator
) -> Schema:
    return {"dataset": [not_empty, unicode_safe], "__extras": [ignore]}


@validator_args
def record_show(
    not_empty: Validator,
    unicode_safe: Validator,
    ignore_missing: Validator,
    ignore: Validator,
) -> Schema:
    return {
        "dataset": [not_empty, unicode_safe],
        "key": [not_empty, _json],
        "version": [ignore_missing, whole(1, 2**31 - 1)],
        "__extras": [ignore],
    }


@validator_args
def record_aggregate(
    not_empty: Validator,
    unicode_safe: Validator,
    default: ValidatorFactory,
    ignore: Validator,
) -> Schema:
    return {
        "dataset": [not_empty, unicode_safe],
        "group_by": [default(None), _json_or_name],
        "measures": [default(None), _json],
        "having": [default(None), _json],
        "filters": [default(None), _json],
        "q": [default(""), text],
        "sort": [default(""), text],
        "limit": [default(100), whole(1, MOST)],
        "__extras": [ignore],
    }


@validator_args
def value_list(
    not_empty: Validator,
    unicode_safe: Validator,
    default: ValidatorFactory,
    ignore: Validator,
) -> Schema:
    return {
        "dataset": [not_empty, unicode_safe],
        "field": [not_empty, text],
        "q": [default(""), text],
        "filters": [default(None), _json],
        "limit": [default(100), whole(1, MOST)],
        "__extras": [ignore],
    }


@validator_args
def chain_show(
    not_empty: Validator,
    unicode_safe: Validator,
    default: ValidatorFactory,
    ignore: Validator,
) -> Schema:
    return {
        "dataset": [not_empty, unicode_safe],
        "key": [not_empty, _json],
        "depth": [default(2), whole(0, DEEPEST)],
        "limit": [default(100), whole(1, MOST)],
        "__extras": [ignore],
    }


def _json(value: Any) -> Any:
    """JSON as text, as GET has it, or what was JSON already."""
    if not isinstance(value, str):
        return value
    if not value.strip():
        return None
    if len(value) <= LONGEST_JSON:
        with contextlib.suppress(ValueError, RecursionError):
            return json.loads(value)
    raise tk.Invalid(tk._("This is no JSON"))


def _json_or_name(value: Any) -> Any:
    """JSON, or the name of one field."""
    is_name = isinstance(value, str) and not value.lstrip().startswith(("[", "{"))
    return value if is_name else _json(value)


def text(value: Any) -> str:
    """A text of a length that is reasonable for a parameter."""
    if not isinstance(value, str | int) or len(str(value)) > LONGEST_TEXT:
        message = tk._("A text of at most {most} characters is wanted here")
        raise tk.Invalid(message.format(most=LONGEST_TEXT))
    return visible(str(value))


def _questions(value: Any) -> list[dict[str, Any]]:
    """A list of objects that each name a dataset."""
    if (
        not isinstance(value, list)
        or len(value) > MOST_QUESTIONS
        or not all(
            isinstance(each, dict) and isinstance(each.get("dataset"), str)
            for each in value
        )
    ):
        message = tk._("At most {most} questions are wanted here, each with a dataset")
        raise tk.Invalid(message.format(most=MOST_QUESTIONS))
    return value


def _names(value: Any) -> list[Any]:
    """Names as a list, as JSON, or with commas between."""
    if isinstance(value, str) and not value.lstrip().startswith("["):
        return [name for part in value.split(",") if (name := part.strip())]
    names = _json(value)
    if names is None:
        return []
    if not isinstance(names, list):
        raise tk.Invalid(tk._("A list of names is wanted here"))
    return names
