"""What the actions of the search take."""

from __future__ import annotations

from ckan.logic.schema import validator_args
from ckan.types import Schema, Validator, ValidatorFactory


@validator_args
def suggest(
    default: ValidatorFactory,
    unicode_safe: Validator,
    natural_number_validator: Validator,
    ignore: Validator,
) -> Schema:
    return {
        "q": [default(""), unicode_safe],
        "limit": [default(8), natural_number_validator],
        "__extras": [ignore],
    }


@validator_args
def alternatives(
    default: ValidatorFactory,
    unicode_safe: Validator,
    list_of_strings: Validator,
    convert_to_list_if_string: Validator,
    ignore_missing: Validator,
    ignore: Validator,
) -> Schema:
    return {
        "q": [default(""), unicode_safe],
        "fq": [default(""), unicode_safe],
        "fq_list": [ignore_missing, convert_to_list_if_string, list_of_strings],
        "__extras": [ignore],
    }


@validator_args
def names(
    default: ValidatorFactory,
    one_of: ValidatorFactory,
    unicode_safe: Validator,
    natural_number_validator: Validator,
    ignore: Validator,
) -> Schema:
    return {
        "q": [default(""), unicode_safe],
        "kind": [default("organization"), one_of(["organization", "group", "tag"])],
        "start": [default(0), natural_number_validator],
        "rows": [default(20), natural_number_validator],
        "__extras": [ignore],
    }


@validator_args
def missed_list(
    default: ValidatorFactory, natural_number_validator: Validator, ignore: Validator
) -> Schema:
    return {
        "days": [default(30), natural_number_validator],
        "start": [default(0), natural_number_validator],
        "rows": [default(50), natural_number_validator],
        "__extras": [ignore],
    }
