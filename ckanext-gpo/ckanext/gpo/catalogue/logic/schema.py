"""What the actions of the catalogue take."""

from __future__ import annotations

from ckan.logic.schema import validator_args
from ckan.types import Schema, Validator, ValidatorFactory

from ckanext.gpo.common.validation import whole

MOST = 1000
"""How many things one answer tells at most."""


@validator_args
def domain_show(
    not_empty: Validator,
    unicode_safe: Validator,
    default: ValidatorFactory,
    ignore: Validator,
) -> Schema:
    return {"id": [not_empty, unicode_safe], **_page(default), "__extras": [ignore]}


@validator_args
def item_list(
    ignore_missing: Validator,
    unicode_safe: Validator,
    default: ValidatorFactory,
    ignore: Validator,
) -> Schema:
    return {
        "domain": [ignore_missing, unicode_safe],
        "state": [ignore_missing, unicode_safe],
        **_page(default),
        "__extras": [ignore],
    }


@validator_args
def item_show(
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


def _page(default: ValidatorFactory) -> Schema:
    return {
        "limit": [default(100), whole(0, MOST)],
        "offset": [default(0), whole(0, 2**31 - 1)],
    }
