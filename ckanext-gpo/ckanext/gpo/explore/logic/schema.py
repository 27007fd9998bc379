"""What the actions of dossiers take."""

from __future__ import annotations

from ckan.logic.schema import validator_args
from ckan.types import Schema, Validator


@validator_args
def dossier_show(
    not_empty: Validator, unicode_safe: Validator, ignore: Validator
) -> Schema:
    return {"code": [not_empty, unicode_safe], "__extras": [ignore]}
