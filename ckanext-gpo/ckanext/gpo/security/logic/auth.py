"""What a reader may not see is not found; who may see accounts, and make API tokens."""

from __future__ import annotations

import ckan.plugins.toolkit as tk
from ckan import authz, model
from ckan.types import AuthFunction, AuthResult, Context, DataDict

from ckanext.gpo.common.authorization import allow, hide, refuse
from ckanext.gpo.common.types import Subject
from ckanext.gpo.security.accounts import enrolment, factor_session, reset_keys


@tk.chained_auth_function
@tk.auth_allow_anonymous_access
def package_show(
    next_auth: AuthFunction, context: Context, data_dict: Subject
) -> AuthResult:
    """A refusal would say that there is such a record, and what its id is."""
    return hide(next_auth(context, data_dict))


@tk.chained_auth_function
def package_update(
    next_auth: AuthFunction, context: Context, data_dict: Subject
) -> AuthResult:
    """Who may not see a record is not told that it cannot be changed."""
    _see_package(context, data_dict)
    return next_auth(context, data_dict)


@tk.chained_auth_function
def package_delete(
    next_auth: AuthFunction, context: Context, data_dict: Subject
) -> AuthResult:
    """Who may not see a record is not told that it cannot be deleted."""
    _see_package(context, data_dict)
    return next_auth(context, data_dict)


@tk.chained_auth_function
@tk.auth_allow_anonymous_access
def group_show(
    next_auth: AuthFunction, context: Context, data_dict: Subject
) -> AuthResult:
    """A deleted department or domain is not there; its members stay a refusal."""
    result = next_auth(context, data_dict)
    group = context.get("group") or model.Group.get(data_dict.get("id"))
    if group is not None and group.state != model.State.ACTIVE:
        return hide(result)
    return result


@tk.chained_auth_function
def harvest_object_list(
    next_auth: AuthFunction, context: Context, data_dict: Subject
) -> AuthResult:
    """Sysadmins: ckanext-harvest lists the objects of every source to any account."""
    return refuse()


@tk.chained_auth_function
@tk.auth_allow_anonymous_access
def user_list(
    next_auth: AuthFunction, context: Context, data_dict: Subject
) -> AuthResult:
    """Who adds members to a department looks for them here; nobody else needs the list."""
    if not enrolment.is_administrator(context.get("user", "")):
        return refuse(tk._("Not authorized to see this page"))
    return next_auth(context, data_dict)


@tk.chained_auth_function
@tk.auth_allow_anonymous_access
def user_show(
    next_auth: AuthFunction, context: Context, data_dict: Subject
) -> AuthResult:
    """Everyone sees their own account, staff of departments those of colleagues."""
    name = context.get("user", "")
    account = context.get("user_obj") or model.User.get(data_dict.get("id"))
    # The page of a link to set a password calls an account by its id.
    is_self = account is not None and name in (account.name, account.id)
    if not is_self and not authz.has_user_permission_for_some_org(name, "read"):
        return refuse(tk._("Not authorized to see this page"))
    return next_auth(context, data_dict)


@tk.chained_auth_function
@tk.auth_allow_anonymous_access
def user_update(
    next_auth: AuthFunction, context: Context, data_dict: Subject
) -> AuthResult:
    """The key of a link to set a password opens the account while the link lasts."""
    if not reset_keys.is_fresh(data_dict.get("reset_key")):
        data_dict = {k: v for k, v in data_dict.items() if k != "reset_key"}
    return next_auth(context, data_dict)


@tk.chained_auth_function
@tk.auth_sysadmins_check
def api_token_create(
    next_auth: AuthFunction, context: Context, data_dict: Subject
) -> AuthResult:
    """Who has, or must have, a second factor makes tokens only where it was shown."""
    if refusal := factor_session.token_refusal(context.get("user", "")):
        return refuse(refusal)
    if authz.is_sysadmin(context.get("user", "")):
        return allow()
    return next_auth(context, data_dict)


def _see_package(context: Context, data_dict: DataDict) -> None:
    tk.check_access("package_show", context, {"id": data_dict.get("id")})
