"""What the actions take that list publications."""

from __future__ import annotations

from ckan.logic.schema import validator_args
from ckan.types import Schema, Validator, ValidatorFactory

from ckanext.gpo.common.validation import moment, names, whole

MOST = 1000
"""How many datasets one call names, and one answer tells, at most."""


@validator_args
def publication_list(
    default: ValidatorFactory,
    ignore: Validator,
    unicode_safe: Validator,
    json_list_or_string: Validator,
    ignore_missing: Validator,
) -> Schema:
    return {
        "datasets": [ignore_missing, json_list_or_string, names(MOST)],
        "domain": [ignore_missing, unicode_safe],
        "since": [ignore_missing, moment],
        "limit": [default(100), whole(0, MOST)],
        "offset": [default(0), whole(0, 2**31 - 1)],
        "__extras": [ignore],
    }


@validator_args
def publication_histories(
    not_empty: Validator, ignore: Validator, json_list_or_string: Validator
) -> Schema:
    return {
        "datasets": [not_empty, json_list_or_string, names(MOST)],
        "__extras": [ignore],
    }


@validator_args
def publication_show(
    not_empty: Validator, unicode_safe: Validator, ignore: Validator
) -> Schema:
    return {"dataset": [not_empty, unicode_safe], "__extras": [ignore]}
