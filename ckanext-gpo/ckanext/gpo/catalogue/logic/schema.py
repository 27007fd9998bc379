"""What the actions of the catalogue take."""

from __future__ import annotations

from ckan.logic.schema import validator_args
from ckan.types import Schema, Validator


@validator_args
def domain_show(
    not_empty: Validator, unicode_safe: Validator, ignore: Validator
) -> Schema:
    return {"id": [not_empty, unicode_safe], "__extras": [ignore]}


@validator_args
def chain_show(
    not_empty: Validator, unicode_safe: Validator, ignore: Validator
) -> Schema:
    return {
        "id": [not_empty, unicode_safe],
        "key": [not_empty, unicode_safe],
        "__extras": [ignore],
    }


@validator_args
def dataset_ensure(
    not_empty: Validator, unicode_safe: Validator, ignore: Validator
) -> Schema:
    return {"table_ref": [not_empty, unicode_safe], "__extras": [ignore]}
