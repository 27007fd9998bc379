"""CKAN's own follows lead here, so that nobody follows something that is never told."""

from __future__ import annotations

from typing import Any

import ckan.plugins.toolkit as tk
from ckan import model
from ckan.types import Action, Context, DataDict

from ckanext.gpo.common.notices import Pace


@tk.chained_action
def follow_dataset(original: Action, context: Context, data_dict: DataDict) -> Any:
    """As `gpo_follow_create`, of a dataset."""
    tk.check_access("follow_dataset", context, data_dict)
    return _follow(context, "dataset", _package(data_dict))


@tk.chained_action
def unfollow_dataset(original: Action, context: Context, data_dict: DataDict) -> Any:
    """As `gpo_follow_delete`, of a dataset."""
    tk.check_access("unfollow_dataset", context, data_dict)
    return _unfollow(context, "dataset", _package(data_dict))


@tk.chained_action
def follow_group(original: Action, context: Context, data_dict: DataDict) -> Any:
    """As `gpo_follow_create`, of a domain or department."""
    tk.check_access("follow_group", context, data_dict)
    return _follow(context, *_group(data_dict))


@tk.chained_action
def unfollow_group(original: Action, context: Context, data_dict: DataDict) -> Any:
    """As `gpo_follow_delete`, of a domain or department."""
    tk.check_access("unfollow_group", context, data_dict)
    return _unfollow(context, *_group(data_dict))


@tk.chained_action
def follow_user(original: Action, context: Context, data_dict: DataDict) -> Any:
    """Nobody: people are not followed."""
    tk.check_access("follow_user", context, data_dict)
    raise tk.NotAuthorized(tk._("People are not followed here"))


def _follow(context: Context, kind: str, key: str) -> Any:
    choice = {"kind": kind, "key": key, "pace": Pace.AT_ONCE.value}
    return tk.get_action("gpo_follow_create")(context, choice)


def _unfollow(context: Context, kind: str, key: str) -> Any:
    subject = {"kind": kind, "key": key}
    return tk.get_action("gpo_follow_delete")(context, subject)


def _package(data_dict: DataDict) -> str:
    package = model.Package.get(str(data_dict.get("id") or ""))
    return package.id if package else ""


def _group(data_dict: DataDict) -> tuple[str, str]:
    group = model.Group.get(str(data_dict.get("id") or ""))
    if group is None:
        return "domain", ""
    return ("department", group.id) if group.is_organization else ("domain", group.name)
