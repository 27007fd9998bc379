"""Who may follow.

An account's follows are its own, and those of an address are its owner's, who has a signed
link: the actions look for no others, whoever calls them.
"""

from __future__ import annotations

import ckan.plugins.toolkit as tk
from ckan.types import AuthResult, Context, DataDict

from ckanext.gpo.common.authorization import allow


@tk.auth_allow_anonymous_access
def gpo_follow_show(context: Context, data_dict: DataDict) -> AuthResult:
    """Everybody: it tells what is public."""
    return allow()


@tk.auth_allow_anonymous_access
def gpo_follow_news_list(context: Context, data_dict: DataDict) -> AuthResult:
    """Everybody: it tells what is public."""
    return allow()


def gpo_follow_list(context: Context, data_dict: DataDict) -> AuthResult:
    """Whoever is logged in."""
    return allow()


def gpo_follow_create(context: Context, data_dict: DataDict) -> AuthResult:
    """Whoever is logged in."""
    return allow()


def gpo_follow_update(context: Context, data_dict: DataDict) -> AuthResult:
    """Whoever is logged in."""
    return allow()


def gpo_follow_delete(context: Context, data_dict: DataDict) -> AuthResult:
    """Whoever is logged in."""
    return allow()


@tk.auth_allow_anonymous_access
def gpo_follow_address_create(context: Context, data_dict: DataDict) -> AuthResult:
    """Everybody, through the form: nothing follows until the address is confirmed."""
    return allow()


@tk.auth_allow_anonymous_access
def gpo_follow_address_confirm(context: Context, data_dict: DataDict) -> AuthResult:
    """Whoever has the signed link."""
    return allow()


@tk.auth_allow_anonymous_access
def gpo_follow_address_list(context: Context, data_dict: DataDict) -> AuthResult:
    """Whoever has the signed link."""
    return allow()


@tk.auth_allow_anonymous_access
def gpo_follow_address_update(context: Context, data_dict: DataDict) -> AuthResult:
    """Whoever has the signed link."""
    return allow()


@tk.auth_allow_anonymous_access
def gpo_follow_stop(context: Context, data_dict: DataDict) -> AuthResult:
    """Whoever has the signed link."""
    return allow()
