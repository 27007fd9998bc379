"""Junk for every parameter of actions and pages, and where their names stand."""

from __future__ import annotations

import inspect
import re
import sys
from collections.abc import Callable, Iterable
from itertools import cycle
from typing import Any

from tests.effort import NIGHTLY

VALUES: dict[str, Any] = {
    "null": None,
    "list": [{"a": [None]}],
    "dict": {"a": {"b": [1]}},
    "long": "字" * 10_000,
    "huge text": str(10**30),
    "64 bits": 2**63 - 1,
    "negative": -1,
    "bool": True,
    "fraction": 0.5,
    "empty": "",
    "syntax": "'\"><{[(%s)]}:*\\",
}

REFUSED: dict[str, Any] = {
    "NUL": "a\x00b",
    "surrogate": "a\ud800b",
    "huge": 10**30,
    "infinite": float("inf"),
}
"""The front guard refuses it before anything is asked what it is for."""

TEXTS: dict[str, str] = {
    "long": "字" * 2_000,
    "huge text": str(10**30),
    "negative": "-1",
    "empty": "",
    "syntax": VALUES["syntax"],
    "path": "../x.foo",
    "address": "//evil.example:x[",
    "date": "0000-99-99T99:99",
    "json": '[{"a":',
}
"""What an address or a form can carry."""


class Dealer:
    """Deals values out in turn, so that over all parameters each comes up often."""

    def __init__(self, values: dict[str, Any]) -> None:
        self._values = values
        self._endless = cycle(values.items())

    def next(self) -> tuple[str, Any]:
        return next(self._endless)

    def deal(self) -> Iterable[tuple[str, Any]]:
        """What one parameter gets: the next value, at night every one."""
        return self._values.items() if NIGHTLY else [self.next()]


def action_parameters(action: Callable[..., Any]) -> list[str]:
    """What an action says, or reads, that it takes."""
    function = _innermost(action)
    source = inspect.getsource(function)
    names = re.findall(r":param (?:\w+ )?(\w+):", inspect.getdoc(action) or "")
    names += re.findall(r"data_dict(?:\.get\(|\.pop\(|\[)\s*['\"](\w+)['\"]", source)
    names += re.findall(r"get_or_bust\(\s*data_dict,\s*u?['\"](\w+)['\"]", source)
    return list(dict.fromkeys([*names, "id"]))


def page_parameters(view: Callable[..., Any]) -> list[str]:
    """What the module of a view reads from addresses and forms."""
    source = inspect.getsource(sys.modules[_innermost(view).__module__])
    reading = r"(?:args|form|values|params|data_dict)(?:\.\w+\(|\[)\s*u?['\"](\w+)['\"]"
    return list(dict.fromkeys([*re.findall(reading, source), "page", "q", "sort"]))


def _innermost(function: Callable[..., Any]) -> Callable[..., Any]:
    function = inspect.unwrap(function)
    while hasattr(function, "func"):  # a partial, as CKAN chains actions
        function = inspect.unwrap(function.func)
    return getattr(function, "view_class", function)
