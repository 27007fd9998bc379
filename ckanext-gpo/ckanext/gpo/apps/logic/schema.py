"""What the actions of the registry take."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import ckan.plugins.toolkit as tk
from ckan.logic.schema import validator_args
from ckan.types import Schema, Validator, ValidatorFactory

from ckanext.gpo.apps.material import LIMITS
from ckanext.gpo.apps.reports import TOPICS
from ckanext.gpo.common.tables import read_yaml
from ckanext.gpo.common.validation import visible, whole
from ckanext.gpo.common.web.paging import MAX_OFFSET

MOST = 100
"""Apps in one answer."""

MOST_DATASETS = 20
"""Datasets that one app may use."""

LONGEST_REASON = 2_000
LONGEST_REPORT = 2_000
LONGEST_PURPOSE = 300

SORTS = ("newest", "rating", "name")


def _line_ends(value: Any) -> Any:
    return value.replace("\r\n", "\n").strip() if isinstance(value, str) else value


def _short(most: int) -> Callable[[Any], str]:
    """A text of at most so many characters, all of which show."""

    def validate(value: Any) -> str:
        if not isinstance(value, str):
            raise tk.Invalid(tk._("A text is wanted here"))
        if len(value) > most:
            message = tk._("At most {most} characters, and there are {count}")
            raise tk.Invalid(message.format(most=most, count=len(value)))
        return visible(value)

    return validate


def _code(codes: str) -> Callable[[Any], str]:
    """A value of a code list, or nothing."""

    def validate(value: Any) -> str:
        if value and value not in [
            code["value"] for code in read_yaml("codes.yaml")[codes]
        ]:
            raise tk.Invalid(tk._("Choose one of the list"))
        return value or ""

    return validate


@validator_args
def registration_create(not_empty: Validator, ignore: Validator) -> Schema:
    return _content() | {
        "title": [not_empty, _line_ends, _short(LIMITS["title"])],
        "__extras": [ignore],
    }


@validator_args
def registration_update(
    not_empty: Validator, unicode_safe: Validator, ignore: Validator
) -> Schema:
    return _content() | {"id": [not_empty, unicode_safe], "__extras": [ignore]}


@validator_args
def _content(
    not_empty: Validator,
    unicode_safe: Validator,
    boolean_validator: Validator,
    default: ValidatorFactory,
    ignore: Validator,
) -> Schema:
    codes = {"kind": "app_kind", "platform": "app_platform", "licence": "app_licence"}
    return {
        **{
            name: [_if_there, _line_ends, _short(most)] for name, most in LIMITS.items()
        },
        **{name: [_if_there, _code(listed)] for name, listed in codes.items()},
        "contact_shown": [_if_there, boolean_validator],
        "datasets": {
            "id": [not_empty, unicode_safe],
            "purpose": [default(""), _line_ends, _short(LONGEST_PURPOSE)],
            "__extras": [ignore],
        },
    }


def _if_there(key: Any, data: Any, errors: Any, context: Any) -> None:
    """As CKAN's `ignore_missing`, but an empty text is one: it clears a field."""
    if data.get(key) is tk.missing or data.get(key) is None:
        data.pop(key, None)
        raise tk.StopOnError


@validator_args
def reference(
    not_empty: Validator, unicode_safe: Validator, ignore: Validator
) -> Schema:
    return {"id": [not_empty, unicode_safe], "__extras": [ignore]}


@validator_args
def with_reason(
    not_empty: Validator,
    unicode_safe: Validator,
    default: ValidatorFactory,
    ignore: Validator,
) -> Schema:
    return {
        "id": [not_empty, unicode_safe],
        "reason": [default(""), _line_ends, _short(LONGEST_REASON)],
        "__extras": [ignore],
    }


@validator_args
def decision(not_empty: Validator, one_of: ValidatorFactory) -> Schema:
    decisions = ["approved", "returned", "rejected"]
    return with_reason() | {"decision": [not_empty, one_of(decisions)]}


@validator_args
def file_add(
    not_empty: Validator, unicode_safe: Validator, one_of: ValidatorFactory
) -> Schema:
    return {
        "id": [not_empty, unicode_safe],
        "kind": [not_empty, one_of(["picture", "package"])],
        "upload": [not_empty],
    }


@validator_args
def file_remove(
    not_empty: Validator, unicode_safe: Validator, ignore: Validator
) -> Schema:
    return {
        "id": [not_empty, unicode_safe],
        "file": [not_empty, unicode_safe],
        "__extras": [ignore],
    }


@validator_args
def rate(not_empty: Validator, unicode_safe: Validator, ignore: Validator) -> Schema:
    return {
        "id": [not_empty, unicode_safe],
        "value": [not_empty, whole(1, 5)],
        "__extras": [ignore],
    }


@validator_args
def page(default: ValidatorFactory, ignore: Validator) -> Schema:
    return {
        "limit": [default(20), whole(0, MOST)],
        "offset": [default(0), whole(0, MAX_OFFSET)],
        "__extras": [ignore],
    }


@validator_args
def app_list(
    ignore_empty: Validator,
    unicode_safe: Validator,
    default: ValidatorFactory,
    one_of: ValidatorFactory,
) -> Schema:
    filters = ("kind", "platform", "dataset", "organization")
    return page() | {
        **{name: [ignore_empty, unicode_safe] for name in filters},
        "sort": [default("newest"), one_of(list(SORTS))],
    }


@validator_args
def totals(
    ignore_empty: Validator, unicode_safe: Validator, ignore: Validator
) -> Schema:
    return {"dataset": [ignore_empty, unicode_safe], "__extras": [ignore]}


@validator_args
def report_create(
    not_empty: Validator,
    unicode_safe: Validator,
    one_of: ValidatorFactory,
    default: ValidatorFactory,
    ignore: Validator,
) -> Schema:
    return {
        "id": [not_empty, unicode_safe],
        "topic": [not_empty, one_of(list(TOPICS))],
        "words": [default(""), _line_ends, _short(LONGEST_REPORT)],
        "__extras": [ignore],
    }


@validator_args
def report_list(default: ValidatorFactory, one_of: ValidatorFactory) -> Schema:
    return page() | {
        "state": [default("open"), one_of(["open", "upheld", "dismissed"])]
    }


@validator_args
def report_decide(not_empty: Validator, one_of: ValidatorFactory) -> Schema:
    return with_reason() | {"decision": [not_empty, one_of(["upheld", "dismissed"])]}
