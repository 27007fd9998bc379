"""Who may do what in the catalogue."""

from __future__ import annotations

import ckan.plugins.toolkit as tk
from ckan.types import AuthResult, Context, DataDict

from ckanext.gpo.common.authorization import allow, allow_as, refuse


@tk.auth_allow_anonymous_access
def gpo_catalogue_domain_list(context: Context, data_dict: DataDict) -> AuthResult:
    """Everybody: it tells what is public."""
    return allow()


@tk.auth_allow_anonymous_access
def gpo_catalogue_domain_show(context: Context, data_dict: DataDict) -> AuthResult:
    """Everybody: it tells what is public."""
    return allow()


@tk.auth_allow_anonymous_access
def gpo_catalogue_item_list(context: Context, data_dict: DataDict) -> AuthResult:
    """Everybody: it tells what is public."""
    return allow()


@tk.auth_allow_anonymous_access
def gpo_catalogue_item_show(context: Context, data_dict: DataDict) -> AuthResult:
    """Whoever may see the record of the item."""
    return allow_as("package_show", context, data_dict["id"])


@tk.auth_allow_anonymous_access
def gpo_catalogue_chain_list(context: Context, data_dict: DataDict) -> AuthResult:
    """Everybody: it tells what is public."""
    return allow()


@tk.auth_allow_anonymous_access
def gpo_catalogue_chain_show(context: Context, data_dict: DataDict) -> AuthResult:
    """Everybody: it walks the public tables only."""
    return allow()


def gpo_catalogue_dataset_ensure(context: Context, data_dict: DataDict) -> AuthResult:
    """Sysadmins: a record comes from the Data Packages, not from a department."""
    return refuse(tk._("Only the platform makes dataset records"))
