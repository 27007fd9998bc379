"""What the actions take that list publications."""

from __future__ import annotations

from typing import Any

import ckan.plugins.toolkit as tk
from ckan.logic.schema import validator_args
from ckan.types import Schema, Validator, ValidatorFactory

from ckanext.gpo.common.validation import whole

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
        "datasets": [ignore_missing, json_list_or_string, _names],
        "domain": [ignore_missing, unicode_safe],
        "limit": [default(100), whole(0, MOST)],
        "offset": [default(0), whole(0, 2**31 - 1)],
        "__extras": [ignore],
    }


def _names(value: Any) -> list[str]:
    names = value if isinstance(value, list) else [value]
    if len(names) > MOST or not all(isinstance(name, str) for name in names):
        message = tk._("Here goes a list of names of datasets, {most} at most")
        raise tk.Invalid(message.format(most=MOST))
    return names
