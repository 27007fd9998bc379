"""CKAN's actions on accounts, where they tell or take too much."""

from __future__ import annotations

from typing import Any

import ckan.plugins.toolkit as tk
from ckan.types import Action, Context, DataDict

from ckanext.gpo.security.accounts import registration


@tk.chained_action
def user_create(next_action: Action, context: Context, data_dict: DataDict) -> Any:
    """Do not tell who registers which accounts exist."""
    try:
        return next_action(context, data_dict)
    except tk.ValidationError as error:
        if context.get("user"):
            raise
        raise tk.ValidationError(
            registration.disguised(error.error_dict, data_dict)
        ) from error


@tk.chained_action
def user_update(next_action: Action, context: Context, data_dict: DataDict) -> Any:
    """Let CKAN's form change the password in its two fields only.

    The form's schema passes on a field `password` as it is: neither the old password nor
    the rules for new ones would be asked for.
    """
    if "password1" in (context.get("schema") or {}):
        data_dict.pop("password", None)
    return next_action(context, data_dict)
