"""Who may do what in the registry.

What is a builder's, or closed to a builder, is so for sysadmins as for everybody.
"""

from __future__ import annotations

import ckan.plugins.toolkit as tk
from ckan import authz, model
from ckan.types import AuthResult, Context, DataDict

from ckanext.gpo.apps import lookup
from ckanext.gpo.apps.model import App
from ckanext.gpo.common.authorization import allow, hide, refuse


@tk.auth_allow_anonymous_access
def gpo_apps_app_show(context: Context, data_dict: DataDict) -> AuthResult:
    """Everybody: it tells what is public."""
    return allow()


@tk.auth_allow_anonymous_access
def gpo_apps_app_list(context: Context, data_dict: DataDict) -> AuthResult:
    """Everybody: it tells what is public."""
    return allow()


@tk.auth_allow_anonymous_access
def gpo_apps_totals(context: Context, data_dict: DataDict) -> AuthResult:
    """Everybody: it counts what is public."""
    return allow()


@tk.auth_allow_anonymous_access
def gpo_apps_report_create(context: Context, data_dict: DataDict) -> AuthResult:
    """Everybody: who sees that something is wrong may say so."""
    return allow()


@tk.auth_sysadmins_check
def gpo_apps_app_rate(context: Context, data_dict: DataDict) -> AuthResult:
    """Whoever is logged in, but for the builder."""
    own = _is_owner(context, data_dict)
    return refuse(tk._("This is your own app")) if own else allow()


def gpo_apps_registration_create(context: Context, data_dict: DataDict) -> AuthResult:
    """Whoever is logged in."""
    return allow()


def gpo_apps_registration_list(context: Context, data_dict: DataDict) -> AuthResult:
    """Whoever is logged in sees their own."""
    return allow()


def gpo_apps_registration_show(context: Context, data_dict: DataDict) -> AuthResult:
    """Its builder, and those who review; nobody else learns that it is there."""
    may_see = _is_owner(context, data_dict) or _is_reviewer(context)
    return hide(allow() if may_see else refuse(), tk._("There is no such app"))


@tk.auth_sysadmins_check
def gpo_apps_registration_update(context: Context, data_dict: DataDict) -> AuthResult:
    """Its builder."""
    return _owner(context, data_dict)


@tk.auth_sysadmins_check
def gpo_apps_file_add(context: Context, data_dict: DataDict) -> AuthResult:
    """Its builder."""
    return _owner(context, data_dict)


@tk.auth_sysadmins_check
def gpo_apps_file_remove(context: Context, data_dict: DataDict) -> AuthResult:
    """Its builder."""
    return _owner(context, data_dict)


@tk.auth_sysadmins_check
def gpo_apps_registration_submit(context: Context, data_dict: DataDict) -> AuthResult:
    """Its builder."""
    return _owner(context, data_dict)


@tk.auth_sysadmins_check
def gpo_apps_registration_reopen(context: Context, data_dict: DataDict) -> AuthResult:
    """Its builder."""
    return _owner(context, data_dict)


@tk.auth_sysadmins_check
def gpo_apps_registration_discard(context: Context, data_dict: DataDict) -> AuthResult:
    """Its builder."""
    return _owner(context, data_dict)


def gpo_apps_app_unpublish(context: Context, data_dict: DataDict) -> AuthResult:
    """Its builder, and those who review."""
    return allow() if _is_reviewer(context) else _owner(context, data_dict)


def gpo_apps_queue_list(context: Context, data_dict: DataDict) -> AuthResult:
    """Those who review."""
    return _reviewer(context)


@tk.auth_sysadmins_check
def gpo_apps_registration_review(context: Context, data_dict: DataDict) -> AuthResult:
    """Those who review, but for the builder."""
    own = _is_owner(context, data_dict)
    return (
        refuse(tk._("Nobody reviews an app of their own"))
        if own
        else _reviewer(context)
    )


@tk.auth_sysadmins_check
def gpo_apps_registration_decide(context: Context, data_dict: DataDict) -> AuthResult:
    """As to begin the review."""
    return gpo_apps_registration_review(context, data_dict)


def gpo_apps_report_list(context: Context, data_dict: DataDict) -> AuthResult:
    """Those who review."""
    return _reviewer(context)


@tk.auth_sysadmins_check
def gpo_apps_report_decide(context: Context, data_dict: DataDict) -> AuthResult:
    """Those who review, but for the builder of the app."""
    return gpo_apps_registration_review(context, data_dict)


def _is_owner(context: Context, data_dict: DataDict) -> bool:
    app = App.get(data_dict.get("app") or data_dict.get("id"))
    user = model.User.get(context.get("user") or "")
    return bool(app and user and app.owner == user.id)


def _is_reviewer(context: Context) -> bool:
    user = context.get("user") or ""
    department = lookup.reviewing_department_id()
    # the right to change datasets is that of editors and administrators
    return authz.is_sysadmin(user) or bool(
        department
        and authz.has_user_permission_for_group_or_org(
            department, user, "update_dataset"
        )
    )


def _owner(context: Context, data_dict: DataDict) -> AuthResult:
    if _is_owner(context, data_dict):
        return allow()
    # that there is a registration which is not public is not told
    hide(_reviewer(context), tk._("There is no such app"))
    return refuse(tk._("Only its builder changes an app"))


def _reviewer(context: Context) -> AuthResult:
    if _is_reviewer(context):
        return allow()
    return refuse(tk._("Only those who review apps may do this"))
