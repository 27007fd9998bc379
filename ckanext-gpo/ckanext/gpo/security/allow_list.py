"""Which actions are an API, and for whom; everything else is for internal calls."""

from __future__ import annotations

from enum import Enum
from functools import cache
from pathlib import Path

import yaml

from ckan import authz, model


class Audience(Enum):
    """Who may call an action over HTTP, from all to none; see api_actions.yaml."""

    ANYONE = "anyone"
    ACCOUNT = "account"
    STAFF = "staff"
    SYSADMIN = "sysadmin"
    NOBODY = "nobody"

    def admits(self, user: model.User | model.AnonymousUser) -> bool:
        """Whether the user, logged in or not, is one of them."""
        if self is Audience.ANYONE:
            return True
        if self is Audience.NOBODY or not user.is_authenticated:
            return False
        if self is Audience.ACCOUNT or getattr(user, "sysadmin", False):
            return True
        return self is Audience.STAFF and authz.has_user_permission_for_some_org(
            user.name, "update_dataset"
        )


@cache
def actions() -> dict[str, Audience]:
    """Each listed action and its audience."""
    text = Path(__file__).with_name("api_actions.yaml").read_text("utf-8")
    return {
        action: Audience(name)
        for name, listed in yaml.safe_load(text).items()
        for action in listed
    }


def audience(action: str) -> Audience:
    """Who may call the action over HTTP: nobody, unless the list says otherwise."""
    return actions().get(action, Audience.NOBODY)
