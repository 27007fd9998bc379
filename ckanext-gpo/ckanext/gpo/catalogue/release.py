"""A disclosure item is public when a second person has released it.

Its lines look official, so nobody alone puts them before the public: a department's
people write it while it is private, and an administrator of the department who was not
the last to write it, or a sysadmin, releases it as it is stored. What is public is taken
back by an administrator before it is changed.
"""

from __future__ import annotations

from typing import Any, Final, cast

import ckan.plugins.toolkit as tk
from ckan import authz, model
from ckan.types import Context, ContextValidator

TYPE: Final = "disclosure-item"


def hold_new(context: Context, item: dict[str, Any]) -> None:
    """An item begins private.

    :raises ValidationError: `code` is `item-not-released`
    """
    if item.get("type") == TYPE and not _is_free(context):
        item.setdefault("private", True)
        if not _is_private(item):
            _refuse(tk._("A new item is private until somebody else releases it"))


def hold_change(context: Context, package: model.Package, item: dict[str, Any]) -> None:
    """What the public reads of an item changes by a release or by taking it back.

    :raises NotAuthorized: only an administrator takes it back
    :raises ValidationError: `code` is `item-not-released` or `item-is-public`
    """
    if package.type != TYPE or _is_free(context):
        return
    item.setdefault("private", package.private)
    if _is_private(item):
        hold_public(context, package)
    else:
        hold_unchanged(context, package)
        hold_release(context, package)
        _publish_as_stored(package, item)


def hold_unchanged(context: Context, package: model.Package) -> None:
    """A public item stays as it was released.

    :raises ValidationError: `code` is `item-is-public`
    """
    if package.type == TYPE and is_public(package) and not _is_free(context):
        _refuse(
            tk._("A public item does not change: make it private first"),
            "item-is-public",
        )


def hold_release(context: Context, package: model.Package) -> None:
    """Who may release an item: an administrator who was not the last to write it.

    :raises ValidationError: `code` is `item-not-released`
    """
    if package.type != TYPE or _is_free(context):
        return
    writer = _last_writer(package)
    if not _is_administrator(context, package) or writer == _user_id(context):
        _refuse(
            tk._(
                "An item is released by an administrator of the department who was "
                "not the last to write it, or by a sysadmin"
            )
        )


def hold_public(context: Context, package: model.Package) -> None:
    """Who may take a public item back: an administrator of the department.

    :raises NotAuthorized: somebody else tries
    """
    if (
        package.type == TYPE
        and is_public(package)
        and not _is_free(context)
        and not _is_administrator(context, package)
    ):
        raise tk.NotAuthorized(
            tk._("Only an administrator of the department takes back a public item")
        )


def is_public(package: model.Package) -> bool:
    return package.state == model.State.ACTIVE and not package.private


def _publish_as_stored(package: model.Package, item: dict[str, Any]) -> None:
    reader = Context(ignore_auth=True, use_cache=False)
    stored = tk.get_action("package_show")(reader, {"id": package.id})
    state = item.get("state") or stored["state"]
    fields = {key: value for key, value in item.items() if key != "state"}
    changed = [
        key for key, value in fields.items() if _is_other_text(stored, key, value)
    ]
    if changed:
        message = tk._("A release publishes what is stored: save this change first")
        raise tk.ValidationError({key: [message] for key in changed})
    item |= {**stored, "private": False, "state": state}


def _is_other_text(stored: dict[str, Any], key: str, value: Any) -> bool:
    current = stored.get(key)
    return (
        isinstance(current, str)
        and isinstance(value, str)
        and value.split() != current.split()
    )


def _is_private(item: dict[str, Any]) -> bool:
    # CKAN's own reading of the value, made once, as for datasets
    read = cast("ContextValidator", tk.get_validator("boolean_validator"))
    item["private"] = read(item["private"], {})
    return item["private"]


def _is_free(context: Context) -> bool:
    return bool(context.get("ignore_auth")) or authz.is_sysadmin(context.get("user"))


def _is_administrator(context: Context, package: model.Package) -> bool:
    return authz.has_user_permission_for_group_or_org(
        package.owner_org, context.get("user"), "admin"
    )


def _user_id(context: Context) -> str | None:
    user = model.User.get(context.get("user") or "")
    return user.id if user else None


def _last_writer(package: model.Package) -> str | None:
    platform = tk.get_action("get_site_user")(Context(ignore_auth=True), {})
    everything = Context(
        ignore_auth=True,
        user=platform["name"],
        auth_user_obj=model.User.get(platform["name"]),
    )
    activities = tk.get_action("package_activity_list")(
        everything, {"id": package.id, "limit": 1, "include_hidden_activity": True}
    )
    return activities[0]["user_id"] if activities else package.creator_user_id


def _refuse(message: str, code: str = "item-not-released") -> None:
    raise tk.ValidationError({"private": [message], "code": [code]})
