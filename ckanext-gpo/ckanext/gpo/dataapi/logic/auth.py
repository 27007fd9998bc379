"""Who may do what with the data API."""

from __future__ import annotations

import ckan.plugins.toolkit as tk
from ckan.types import AuthResult, Context, DataDict

from ckanext.gpo.common.authorization import allow, allow_as, hide

__all__ = [
    "gpo_dataapi_chain_show",
    "gpo_dataapi_department_usage_show",
    "gpo_dataapi_download_totals",
    "gpo_dataapi_field_profile_list",
    "gpo_dataapi_key_usage_list",
    "gpo_dataapi_record_aggregate",
    "gpo_dataapi_record_collect",
    "gpo_dataapi_record_list",
    "gpo_dataapi_record_show",
    "gpo_dataapi_schema_show",
    "gpo_dataapi_value_list",
    "gpo_dataapi_usage_show",
    "gpo_dataapi_usage_totals",
]


@tk.auth_allow_anonymous_access
def gpo_dataapi_download_totals(context: Context, data_dict: DataDict) -> AuthResult:
    """Anyone: of datasets that they may not see the action tells nothing."""
    return allow()


@tk.auth_allow_anonymous_access
def gpo_dataapi_usage_totals(context: Context, data_dict: DataDict) -> AuthResult:
    """Anyone: of datasets that they may not see the action tells nothing."""
    return allow()


@tk.auth_allow_anonymous_access
def gpo_dataapi_department_usage_show(
    context: Context, data_dict: DataDict
) -> AuthResult:
    """Anyone: only public datasets are summed up."""
    return allow()


@tk.auth_allow_anonymous_access
def gpo_dataapi_usage_show(context: Context, data_dict: DataDict) -> AuthResult:
    """Whoever may see the dataset may see how much it is used."""
    return _as_dataset(context, data_dict)


def gpo_dataapi_key_usage_list(context: Context, data_dict: DataDict) -> AuthResult:
    """Whoever has an account: the action tells of its own keys only."""
    return allow()


@tk.auth_allow_anonymous_access
def gpo_dataapi_record_collect(context: Context, data_dict: DataDict) -> AuthResult:
    """Anyone: the action tells only what is public."""
    return allow()


@tk.auth_allow_anonymous_access
def gpo_dataapi_record_list(context: Context, data_dict: DataDict) -> AuthResult:
    """Whoever may see the dataset may see its records; for others there is none."""
    return _as_dataset(context, data_dict)


@tk.auth_allow_anonymous_access
def gpo_dataapi_record_show(context: Context, data_dict: DataDict) -> AuthResult:
    """Whoever may see the dataset may see its records; for others there is none."""
    return _as_dataset(context, data_dict)


@tk.auth_allow_anonymous_access
def gpo_dataapi_record_aggregate(context: Context, data_dict: DataDict) -> AuthResult:
    """Whoever may see the dataset may sum up its records; for others there is none."""
    return _as_dataset(context, data_dict)


@tk.auth_allow_anonymous_access
def gpo_dataapi_schema_show(context: Context, data_dict: DataDict) -> AuthResult:
    """Whoever may see the dataset may see the schema of its table."""
    return _as_dataset(context, data_dict)


@tk.auth_allow_anonymous_access
def gpo_dataapi_field_profile_list(context: Context, data_dict: DataDict) -> AuthResult:
    """Whoever may see the dataset may see what its columns look like."""
    return _as_dataset(context, data_dict)


@tk.auth_allow_anonymous_access
def gpo_dataapi_value_list(context: Context, data_dict: DataDict) -> AuthResult:
    """Whoever may see the dataset may list its values; for others there is none."""
    return _as_dataset(context, data_dict)


@tk.auth_allow_anonymous_access
def gpo_dataapi_chain_show(context: Context, data_dict: DataDict) -> AuthResult:
    """Whoever may see the dataset may see its records, and public ones beside them."""
    return _as_dataset(context, data_dict)


def _as_dataset(context: Context, data_dict: DataDict) -> AuthResult:
    return hide(
        allow_as("package_show", context, data_dict["dataset"]),
        tk._("Dataset not found"),
    )
