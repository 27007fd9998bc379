"""What the actions of the data API take."""

from __future__ import annotations

from ckan.logic.schema import validator_args
from ckan.types import Schema, Validator

from ckanext.gpo.common.validation import names

MOST = 100


@validator_args
def download_totals(
    not_empty: Validator, ignore: Validator, json_list_or_string: Validator
) -> Schema:
    return {
        "datasets": [not_empty, json_list_or_string, names(MOST)],
        "__extras": [ignore],
    }


@validator_args
def usage_totals(
    ignore_missing: Validator, ignore: Validator, json_list_or_string: Validator
) -> Schema:
    return {
        "datasets": [ignore_missing, json_list_or_string, names(MOST)],
        "__extras": [ignore],
    }


@validator_args
def dataset(not_empty: Validator, unicode_safe: Validator, ignore: Validator) -> Schema:
    return {"dataset": [not_empty, unicode_safe], "__extras": [ignore]}


@validator_args
def organization(
    not_empty: Validator, unicode_safe: Validator, ignore: Validator
) -> Schema:
    return {"organization": [not_empty, unicode_safe], "__extras": [ignore]}


@validator_args
def nothing(ignore: Validator) -> Schema:
    return {"__extras": [ignore]}
