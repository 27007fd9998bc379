"""The answers of auth functions: who may, said in one shape by all rooms.

An auth function has a docstring that says who may, which the reference quotes, and a line
that says it to CKAN. Sysadmins pass before it is asked. Whoever has no account is asked to
log in, unless the function is marked with `auth_allow_anonymous_access`.
"""

from __future__ import annotations

import ckan.plugins.toolkit as tk
from ckan import authz
from ckan.types import AuthResult, Context


def allow() -> AuthResult:
    """Everybody may who is asked about."""
    return {"success": True}


def refuse(reason: str = "") -> AuthResult:
    """Nobody may who is asked about; `reason` in the language of the present request."""
    return {"success": False, "msg": reason} if reason else {"success": False}


def allow_as(rule: str, context: Context, record: str) -> AuthResult:
    """Whoever may do to a record what `rule` names, as `package_update`.

    :param record: its name or id
    """
    try:
        tk.check_access(rule, context, {"id": record})
    except tk.NotAuthorized as err:
        return refuse(str(err))
    return allow()


def allow_editors(context: Context, reason: str) -> AuthResult:
    """Whoever edits the datasets of any department."""
    user = context.get("user", "")
    if authz.has_user_permission_for_some_org(user, "update_dataset"):
        return allow()
    return refuse(reason)


def hide(result: AuthResult, message: str = "") -> AuthResult:
    """Turn a refusal to read into “not found”: that something is there is not told either.

    :raises ObjectNotFound: the reader may not see the record
    """
    if not result.get("success"):
        raise tk.ObjectNotFound(message)
    return result
