"""Rules that stand before CKAN's own actions."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any

import ckan.plugins.toolkit as tk
from ckan.types import Action, Context, DataDict

Rule = Callable[[Context, DataDict], None]


def guards(*, check_access: bool) -> Callable[[Rule], Any]:
    """Make a rule the chained action of its own name.

    What the rule does not refuse goes on to CKAN's action, with what the rule has made of
    it.

    :param check_access: ask first whether the caller may do this at all, so that the rule
        tells nothing to who may not
    """

    def decorate(rule: Rule) -> Any:
        @tk.chained_action
        @wraps(rule)
        def action(next_action: Action, context: Context, data_dict: DataDict) -> Any:
            if check_access:
                tk.check_access(rule.__name__, context, data_dict)
            rule(context, data_dict)
            return next_action(context, data_dict)

        return action

    return decorate
