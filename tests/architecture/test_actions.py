"""Actions of ours are named after their room, and each has its auth function."""

from __future__ import annotations

import pytest

from ckan import authz
from ckan.logic import get_action

from docs.generate import tree


@pytest.mark.usefixtures("with_plugins")
def test_every_action_of_ours_has_its_auth_function():
    get_action("status_show")  # fills CKAN's cache of actions
    from ckan.logic import _actions

    ours = [name for name in _actions if name.startswith("gpo_")]

    assert ours
    assert not set(ours) - set(authz.auth_functions_list())
    rooms = tuple(f"gpo_{room}_" for room in (*tree.ROOMS, "common"))
    assert not [name for name in ours if not name.startswith(rooms)]
