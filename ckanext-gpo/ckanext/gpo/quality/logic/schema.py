"""What the actions of the gate take."""

from __future__ import annotations

from ckan.logic.schema import validator_args
from ckan.types import Schema, Validator, ValidatorFactory

from ckanext.gpo.common.validation import visible, whole
from ckanext.gpo.quality.workflow import UPLOAD

MOST_ERRORS = 1_000
"""Errors, or faulty rows, of one answer."""

LARGEST = 2**31 - 1
"""The highest offset."""


@validator_args
def version_submit(
    not_empty: Validator,
    not_missing: Validator,
    unicode_safe: Validator,
    ignore: Validator,
    default: ValidatorFactory,
    convert_to_json_if_string: Validator,
    gpo_quality_upload: Validator,
    gpo_quality_origin: Validator,
    gpo_quality_declaration: Validator,
    gpo_quality_note: Validator,
) -> Schema:
    return {
        "dataset": [not_empty, unicode_safe],
        "upload": [not_missing, gpo_quality_upload],
        "source": [default(UPLOAD), unicode_safe],
        "origin": [default({}), convert_to_json_if_string, gpo_quality_origin],
        "declaration": [
            default({}),
            convert_to_json_if_string,
            gpo_quality_declaration,
        ],
        "note": [default(""), unicode_safe, visible, gpo_quality_note],
        "__extras": [ignore],
    }


@validator_args
def version_correct(
    not_empty: Validator,
    not_missing: Validator,
    unicode_safe: Validator,
    ignore: Validator,
    default: ValidatorFactory,
    convert_to_json_if_string: Validator,
    gpo_quality_corrections: Validator,
    gpo_quality_note: Validator,
) -> Schema:
    return {
        "id": [not_empty, unicode_safe],
        "corrections": [
            not_missing,
            convert_to_json_if_string,
            gpo_quality_corrections,
        ],
        "note": [default(""), unicode_safe, visible, gpo_quality_note],
        "__extras": [ignore],
    }


@validator_args
def version_list(
    not_empty: Validator, unicode_safe: Validator, ignore: Validator
) -> Schema:
    return {"dataset": [not_empty, unicode_safe], "__extras": [ignore]}


@validator_args
def version_show(
    not_empty: Validator, unicode_safe: Validator, ignore: Validator
) -> Schema:
    return {"id": [not_empty, unicode_safe], "__extras": [ignore]}


@validator_args
def version_show_by_number(
    ignore_missing: Validator, unicode_safe: Validator, ignore: Validator
) -> Schema:
    return {
        "id": [ignore_missing, unicode_safe],
        "dataset": [ignore_missing, unicode_safe],
        "number": [ignore_missing, whole(1, LARGEST)],
        "__extras": [ignore],
    }


@validator_args
def version_errors(
    not_empty: Validator,
    unicode_safe: Validator,
    ignore: Validator,
    default: ValidatorFactory,
) -> Schema:
    return {
        "id": [not_empty, unicode_safe],
        "rule": [default(""), unicode_safe],
        "field": [default(""), unicode_safe],
        "offset": [default(0), whole(0, LARGEST)],
        "limit": [default(100), whole(0, MOST_ERRORS)],
        "__extras": [ignore],
    }


@validator_args
def file_show(
    not_empty: Validator,
    unicode_safe: Validator,
    ignore_missing: Validator,
    ignore: Validator,
) -> Schema:
    return {
        "dataset": [not_empty, unicode_safe],
        "format": [not_empty, unicode_safe],
        "number": [ignore_missing, whole(1, 2**31 - 1)],
        "__extras": [ignore],
    }


@validator_args
def version_override(
    not_empty: Validator,
    unicode_safe: Validator,
    strip_value: Validator,
    gpo_quality_reason: Validator,
    ignore: Validator,
) -> Schema:
    return {
        "id": [not_empty, unicode_safe],
        "reason": [
            not_empty,
            unicode_safe,
            visible,
            strip_value,
            gpo_quality_reason,
        ],
        "__extras": [ignore],
    }


@validator_args
def summary(
    default: ValidatorFactory, natural_number_validator: Validator, ignore: Validator
) -> Schema:
    return {"limit": [default(10), natural_number_validator], "__extras": [ignore]}


@validator_args
def trial_create(
    not_empty: Validator,
    not_missing: Validator,
    unicode_safe: Validator,
    gpo_quality_upload: Validator,
    ignore: Validator,
) -> Schema:
    return {
        "table": [not_empty, unicode_safe],
        "upload": [not_missing, gpo_quality_upload],
        "__extras": [ignore],
    }


@validator_args
def trial_show(
    not_empty: Validator,
    unicode_safe: Validator,
    default: ValidatorFactory,
    ignore: Validator,
) -> Schema:
    return {
        "id": [not_empty, unicode_safe],
        "rule": [default(""), unicode_safe],
        "field": [default(""), unicode_safe],
        "__extras": [ignore],
    }
