"""Rights and sign-ins, as the ledger keeps them.

Every change of what an account may do, whichever way it was made: posts in departments
and domains, the rank of sysadmin, accounts closed and opened, API tokens. Of sign-ins
those of staff only: what a citizen reads is nobody's to keep.
"""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa

from ckan import authz, model

from ckanext.gpo.common import ledger
from ckanext.gpo.common.context import actor, current_actor

ROOM = "security"
ACCOUNT = "account"


def listen() -> None:
    """Record changes of rights from here on."""
    for target, change, listener in (
        (model.Member, "after_insert", _post_changed),
        (model.Member, "after_update", _post_changed),
        (model.Member, "after_delete", _post_taken),
        (model.User, "after_update", _account_changed),
        (model.ApiToken, "after_insert", _token_made),
        (model.ApiToken, "after_delete", _token_revoked),
    ):
        ledger.listen("gpo_security", target, change, listener)


def signed_in(sender: Any, user: model.User) -> None:
    """Record that a member of staff has signed in."""
    if user.sysadmin or authz.has_user_permission_for_some_org(user.name, "read"):
        who = actor({"user": user.name})
        ledger.record(ROOM, ACCOUNT, user.id, "signed-in", who)
        model.Session.commit()


def _post_changed(connection: sa.Connection, member: model.Member) -> None:
    if member.table_name != "user" or not ledger.is_changed(
        member, "state", "capacity"
    ):
        return
    if member.state == model.State.ACTIVE:
        _record_post(connection, member, "post-given")
    else:
        _record_post(connection, member, "post-taken")


def _post_taken(connection: sa.Connection, member: model.Member) -> None:
    if member.table_name == "user":
        _record_post(connection, member, "post-taken")


def _account_changed(connection: sa.Connection, user: model.User) -> None:
    if ledger.is_changed(user, "sysadmin"):
        what = "sysadmin-made" if user.sysadmin else "sysadmin-ended"
        _record(connection, user.id, what)
    if ledger.is_changed(user, "state"):
        what = "opened" if user.state == model.State.ACTIVE else "closed"
        _record(connection, user.id, what)


def _token_made(connection: sa.Connection, token: model.ApiToken) -> None:
    _record(connection, token.user_id, "token-made", facts={"token": token.id})


def _token_revoked(connection: sa.Connection, token: model.ApiToken) -> None:
    _record(connection, token.user_id, "token-revoked", facts={"token": token.id})


def _record_post(connection: sa.Connection, member: model.Member, what: str) -> None:
    _record(
        connection,
        member.table_id,
        what,
        parent=member.group_id,
        facts={"capacity": member.capacity},
    )


def _record(connection: sa.Connection, user_id: str, what: str, **words: Any) -> None:
    who = current_actor(words.get("parent"))
    ledger.record(ROOM, ACCOUNT, user_id, what, who, connection=connection, **words)
