"""Who may see accounts, and who may make API tokens."""

from __future__ import annotations

import ckan.plugins.toolkit as tk
from ckan import authz, model
from ckan.types import AuthFunction, AuthResult, Context, DataDict

from ckanext.gpo.security.accounts import enrolment, factor_session


@tk.chained_auth_function
@tk.auth_allow_anonymous_access
def user_list(
    next_auth: AuthFunction, context: Context, data_dict: DataDict
) -> AuthResult:
    """Who adds members to a department looks for them here; nobody else needs the list."""
    if not enrolment.is_administrator(context.get("user", "")):
        return {"success": False, "msg": tk._("Not authorized to see this page")}
    return next_auth(context, data_dict)


@tk.chained_auth_function
@tk.auth_allow_anonymous_access
def user_show(
    next_auth: AuthFunction, context: Context, data_dict: DataDict
) -> AuthResult:
    """Everyone sees their own account, staff of departments those of colleagues."""
    name = context.get("user", "")
    shown = context.get("user_obj") or model.User.get(data_dict.get("id"))
    is_self = shown is not None and shown.name == name
    if not is_self and not authz.has_user_permission_for_some_org(name, "read"):
        return {"success": False, "msg": tk._("Not authorized to see this page")}
    return next_auth(context, data_dict)


@tk.chained_auth_function
@tk.auth_sysadmins_check
def api_token_create(
    next_auth: AuthFunction, context: Context, data_dict: DataDict
) -> AuthResult:
    """Who has, or must have, a second factor makes tokens only where it was shown."""
    refusal = factor_session.token_refusal(context.get("user", ""))
    if refusal:
        return {"success": False, "msg": refusal}
    if authz.is_sysadmin(context.get("user", "")):
        return {"success": True}
    return next_auth(context, data_dict)
