"""Writes the reference data of dataset_schemas/ into CKAN, as often as one likes.

Each function compares first and writes only what differs, so a second run changes
nothing and is quick. Everything goes through CKAN's actions.
"""

from __future__ import annotations

from typing import Any, Literal

import ckan.plugins.toolkit as tk
from ckan import model
from ckan.types import Context

from ckanext.gpo.common.tables import Table
from ckanext.gpo.common.web import downloads

from . import description, item
from .difference import changes

Change = Literal["created", "updated", "unchanged"]


def ensure_department(department: dict[str, Any]) -> Change:
    """The CKAN organisation of a department."""
    return _ensure("organization", {**department, "type": "organization"})


def ensure_domain(domain: dict[str, Any]) -> Change:
    """The CKAN group of a domain."""
    return _ensure("group", {**domain, "type": "group"})


def ensure_item(domain: str, entry: dict[str, Any]) -> Change:
    """The public record of a disclosure item."""
    record = item.record(domain, entry)
    owner = _organization_id(entry["publishers"][0])
    return _ensure("package", {**record, "owner_org": owner, "private": False})


def ensure_dataset(context: Context, table: Table) -> dict[str, str]:
    """The record of a table's dataset: `{id, name, change}`. Private until the gate."""
    target = {
        **description.dataset(table),
        "owner_org": _organization_id(table.gpo["organization"]),
    }
    resource = description.resource(table)
    stored = _show("package", table.dataset_name)
    if stored is None:
        created = _do(
            "package_create",
            {
                **target,
                "private": True,
                "resources": [
                    {**resource, "url": downloads.address(table.dataset_name)}
                ],
            },
            context,
        )
        return {"id": created["id"], "name": created["name"], "change": "created"}
    patch = changes(stored, target)
    current = (stored["resources"] or [{"url": downloads.address(table.dataset_name)}])[
        0
    ]
    if changes(current, resource):
        patch["resources"] = [{**current, **resource}]
    if patch:
        _do("package_patch", {"id": stored["id"], **patch}, context)
    return {
        "id": stored["id"],
        "name": stored["name"],
        "change": "updated" if patch else "unchanged",
    }


def ensure_account(
    name: str, password: str, *, fullname: str, sysadmin: bool = False
) -> Change:
    """A demo account with this password."""
    user = model.User.get(name)
    if user is None:
        target = {
            "name": name,
            "fullname": fullname,
            "email": f"{name}@example.org",
            "password": password,
        }
        created = _do("user_create", target)
        if sysadmin:
            _do("user_patch", {"id": created["id"], "sysadmin": True})
        return "created"
    if user.validate_password(password) and user.sysadmin == sysadmin:
        return "unchanged"
    _do("user_patch", {"id": user.id, "password": password, "sysadmin": sysadmin})
    return "updated"


def ensure_membership(department: str, user: str, role: str) -> Change:
    """A user's role in a department."""
    account = model.User.get(user)
    members = _do(
        "member_list", {"id": department, "object_type": "user", "capacity": role}
    )
    if account and any(m[0] == account.id for m in members):
        return "unchanged"
    _do(
        "organization_member_create",
        {"id": department, "username": user, "role": role},
    )
    return "created"


def _ensure(kind: str, target: dict[str, Any]) -> Change:
    stored = _show(kind, target["name"])
    if stored is None:
        _do(f"{kind}_create", target)
        return "created"
    patch = changes(stored, target)
    if not patch:
        return "unchanged"
    _do(f"{kind}_patch", {"id": stored["id"], **patch})
    return "updated"


def _show(kind: str, name: str) -> dict[str, Any] | None:
    options = {
        "include_users": False,
        "include_groups": False,
        "include_tags": False,
        "include_followers": False,
        "include_dataset_count": False,
    }
    try:
        return _do(
            f"{kind}_show", {"id": name, **(options if kind != "package" else {})}
        )
    except tk.ObjectNotFound:
        return None


def _organization_id(name: str) -> str:
    group = model.Group.get(name)
    if group is None:
        raise tk.ObjectNotFound(tk._("Department {name} not found").format(name=name))
    return group.id


def _do(action: str, data: dict[str, Any], caller: Context | None = None) -> Any:
    # use_cache: the index must not tell what the database holds
    context = Context(ignore_auth=True, user=_actor(caller), use_cache=False)
    return tk.get_action(action)(context, data)


def _actor(caller: Context | None) -> str:
    # an anonymous caller's "user" is an address, in whose name nothing is written
    name = caller.get("user") if caller else None
    if name and model.User.get(name):
        return name
    site_user = tk.get_action("get_site_user")(Context(ignore_auth=True), {})
    return site_user["name"]
