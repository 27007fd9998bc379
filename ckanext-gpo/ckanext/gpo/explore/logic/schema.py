"""What the actions of dossiers take."""

from __future__ import annotations

from ckan.logic.schema import validator_args
from ckan.types import Schema, Validator, ValidatorFactory

from ckanext.gpo.common.validation import whole


@validator_args
def dossier_show(
    not_empty: Validator, unicode_safe: Validator, ignore: Validator
) -> Schema:
    return {"code": [not_empty, unicode_safe], "__extras": [ignore]}


@validator_args
def dossier_list(
    not_empty: Validator,
    unicode_safe: Validator,
    default: ValidatorFactory,
    ignore: Validator,
) -> Schema:
    return {
        "domain": [not_empty, unicode_safe],
        "limit": [default(5), whole(1, 20)],
        "__extras": [ignore],
    }
