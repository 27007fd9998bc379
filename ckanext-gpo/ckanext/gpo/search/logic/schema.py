"""What the actions of the search take."""

from __future__ import annotations

from typing import Any

import ckan.plugins.toolkit as tk
from ckan.logic.schema import validator_args
from ckan.types import Schema, Validator, ValidatorFactory

from ckanext.gpo.common.web.search_kinds import name_sources, package_types
from ckanext.gpo.search.adapter import find_params
from ckanext.gpo.search.scoring import ranking


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
        "kind": [default("organization"), one_of(list(name_sources()))],
        "start": [default(0), natural_number_validator],
        "rows": [default(20), natural_number_validator],
        "__extras": [ignore],
    }


@validator_args
def find(
    ignore: Validator,
    unicode_safe: Validator,
    natural_number_validator: Validator,
    convert_to_json_if_string: Validator,
    default: ValidatorFactory,
    one_of: ValidatorFactory,
) -> Schema:
    return {
        "q": [default(""), unicode_safe],
        "kind": [default(""), one_of(["", *package_types()])],
        "filters": [default({}), convert_to_json_if_string, _filters],
        "sort": [default("relevance"), one_of(list(ranking.SORTS))],
        "start": [default(0), natural_number_validator],
        "rows": [default(20), natural_number_validator],
        "__extras": [ignore],
    }


def _filters(value: Any) -> dict[str, list[str]]:
    """`{field: [values]}`; one value may stand without brackets."""
    if not isinstance(value, dict) or not set(value) <= set(find_params.FACETS):
        raise tk.Invalid(
            tk._("Results can be narrowed by: {fields}.").format(
                fields=", ".join(find_params.FACETS)
            )
        )
    listed = {k: v if isinstance(v, list) else [v] for k, v in value.items()}
    if not all(isinstance(v, str) for values in listed.values() for v in values):
        raise tk.Invalid(tk._("The values of a filter are texts."))
    return listed


@validator_args
def zero_result_query_list(
    default: ValidatorFactory, natural_number_validator: Validator, ignore: Validator
) -> Schema:
    return {
        "days": [default(30), natural_number_validator],
        "start": [default(0), natural_number_validator],
        "rows": [default(50), natural_number_validator],
        "__extras": [ignore],
    }


@validator_args
def record_find(
    default: ValidatorFactory,
    unicode_safe: Validator,
    natural_number_validator: Validator,
    ignore: Validator,
) -> Schema:
    return {
        "q": [default(""), unicode_safe],
        "dataset": [default(""), unicode_safe],
        "start": [default(0), natural_number_validator],
        "rows": [default(20), natural_number_validator],
        "__extras": [ignore],
    }
