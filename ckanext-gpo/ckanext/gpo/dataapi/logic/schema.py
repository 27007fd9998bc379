"""What the actions of the data API take."""

from __future__ import annotations

from typing import Any

import ckan.plugins.toolkit as tk
from ckan.logic.schema import validator_args
from ckan.types import Schema, Validator

MOST = 100


@validator_args
def download_totals(
    not_empty: Validator, ignore: Validator, json_list_or_string: Validator
) -> Schema:
    return {
        "datasets": [not_empty, json_list_or_string, _names],
        "__extras": [ignore],
    }


def _names(value: Any) -> list[str]:
    names = value if isinstance(value, list) else [value]
    if not all(isinstance(name, str) for name in names):
        raise tk.Invalid(tk._("Names of datasets are wanted, as a list of texts."))
    if len(names) > MOST:
        raise tk.Invalid(
            tk._("At most {most} datasets at once, and there are {count}.").format(
                most=MOST, count=len(names)
            )
        )
    return names
