"""ckanext-harvest 1.6.3 gathers actions and auth functions in one shared dictionary.

It is the default argument of the function that gathers them: whichever registry CKAN fills
second gets the functions of the first as well, so that auth functions become actions of the
API, and actions without an auth function of their own are called to ask whether they may be.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from ckanext.harvest import plugin

_gather = plugin._get_logic_functions


def gather(module_root: str) -> dict[str, Callable[..., Any]]:
    """The functions of one kind only."""
    return _gather(module_root, {})


def install() -> None:
    plugin._get_logic_functions = gather
