"""Who acts: the account behind a call, and the post in which it does."""

from __future__ import annotations

import ckan.plugins.toolkit as tk
from ckan import authz, model
from ckan.types import Context

from .actors import Actor, Post


def actor(context: Context, organization: str | None = None) -> Actor:
    """Who calls an action, as the ledger names it.

    :param organization: id of the department that the subject belongs to
    """
    name = context.get("user") or ""
    if context.get("ignore_auth"):
        return Actor.system(name)
    return Actor(name, _post(name, organization))


def account_id(context: Context) -> str:
    """Id of the account that calls.

    :raises NotAuthorized: nobody is logged in
    """
    user = model.User.get(context.get("user"))
    if user is None:
        raise tk.NotAuthorized(tk._("An account is needed for this"))
    return user.id


def current_actor(organization: str | None = None) -> Actor:
    """Who is logged in now; outside a request, and without an account, the platform."""
    name = getattr(tk.current_user, "name", "")
    return Actor(name, _post(name, organization)) if name else Actor.system("site")


def _post(name: str, organization: str | None) -> Post:
    if authz.is_sysadmin(name):
        return Post.SYSADMIN
    user = model.User.get(name)
    member = (
        user
        and organization
        and model.Session.query(model.Member.capacity)
        .filter_by(
            table_id=user.id,
            table_name="user",
            group_id=organization,
            state=model.State.ACTIVE,
        )
        .limit(1)
        .scalar()
    )
    return Post(member) if member in set(Post) else Post.ACCOUNT
