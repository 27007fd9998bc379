"""What a reader may not see is not found, instead of forbidden; see `visibility`."""

from __future__ import annotations

import ckan.plugins.toolkit as tk
from ckan import model
from ckan.types import AuthFunction, AuthResult, Context, DataDict

from ckanext.gpo.security import visibility


@tk.chained_auth_function
@tk.auth_allow_anonymous_access
def package_show(
    next_auth: AuthFunction, context: Context, data_dict: DataDict
) -> AuthResult:
    """A refusal would say that there is such a record, and what its id is."""
    return visibility.hide(next_auth(context, data_dict))


@tk.chained_auth_function
def package_update(
    next_auth: AuthFunction, context: Context, data_dict: DataDict
) -> AuthResult:
    """Who may not see a record is not told that it cannot be changed."""
    _see_package(context, data_dict)
    return next_auth(context, data_dict)


@tk.chained_auth_function
def package_delete(
    next_auth: AuthFunction, context: Context, data_dict: DataDict
) -> AuthResult:
    """Who may not see a record is not told that it cannot be deleted."""
    _see_package(context, data_dict)
    return next_auth(context, data_dict)


@tk.chained_auth_function
@tk.auth_allow_anonymous_access
def group_show(
    next_auth: AuthFunction, context: Context, data_dict: DataDict
) -> AuthResult:
    """A deleted department or domain is not there; its members stay a refusal."""
    result = next_auth(context, data_dict)
    group = context.get("group") or model.Group.get(data_dict.get("id"))
    if group is not None and group.state != model.State.ACTIVE:
        return visibility.hide(result)
    return result


@tk.chained_auth_function
def harvest_object_list(
    next_auth: AuthFunction, context: Context, data_dict: DataDict
) -> AuthResult:
    """Sysadmins: ckanext-harvest lists the objects of every source to any account."""
    return {"success": False}


def _see_package(context: Context, data_dict: DataDict) -> None:
    tk.check_access("package_show", context, {"id": data_dict.get("id")})
