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
