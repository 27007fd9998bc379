"""Who may do what in the catalogue."""

from __future__ import annotations

import ckan.plugins.toolkit as tk
from ckan.types import AuthResult, Context, DataDict


@tk.auth_allow_anonymous_access
def gpo_catalogue_domain_list(context: Context, data_dict: DataDict) -> AuthResult:
    """Everybody: it tells what is public."""
    return {"success": True}


@tk.auth_allow_anonymous_access
def gpo_catalogue_domain_show(context: Context, data_dict: DataDict) -> AuthResult:
    """Everybody: it tells what is public."""
    return {"success": True}


@tk.auth_allow_anonymous_access
def gpo_catalogue_item_list(context: Context, data_dict: DataDict) -> AuthResult:
    """Everybody: it tells what is public."""
    return {"success": True}


@tk.auth_allow_anonymous_access
def gpo_catalogue_item_show(context: Context, data_dict: DataDict) -> AuthResult:
    """Whoever may see the record of the item."""
    tk.check_access("package_show", context, {"id": data_dict["id"]})
    return {"success": True}


@tk.auth_allow_anonymous_access
def gpo_catalogue_chain_list(context: Context, data_dict: DataDict) -> AuthResult:
    """Everybody: it tells what is public."""
    return {"success": True}


@tk.auth_allow_anonymous_access
def gpo_catalogue_chain_show(context: Context, data_dict: DataDict) -> AuthResult:
    """Everybody: it walks the public tables only."""
    return {"success": True}


def gpo_catalogue_dataset_ensure(context: Context, data_dict: DataDict) -> AuthResult:
    """Sysadmins: a record comes from the Data Packages, not from a department."""
    return {"success": False, "msg": tk._("Only the platform makes dataset records")}
