"""Finds what can be read: the reading actions and the addresses that answer to GET."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import product
from typing import Any

from ckan import logic

from .world import Hidden

Call = tuple[str, dict[str, str]]
"""The name of an action, or an address, and the parameters."""

PARAMETER = re.compile(r":param (\w+):")


NAMING = re.compile(
    r"id$|name|^q|quer|dataset|organi[sz]ation|user|ref|key|object$|url"
)
"""Parameters that take a name, an id or words."""

WORDS = re.compile(r"q$|quer")

ID = re.compile(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}")


def reading_actions() -> Iterator[str]:
    """The actions that CKAN offers by GET."""
    logic.get_action("status_show")  # fills CKAN's cache of actions
    for name, action in sorted(logic._actions.items()):
        if getattr(action, "side_effect_free", False):
            yield name


def calls(name: str, thing: Hidden) -> Iterator[Call]:
    """The action with each name of the thing in each parameter that takes one."""
    documented = PARAMETER.findall(logic.get_action(name).__doc__ or "")
    naming = {"id", *(key for key in documented if NAMING.search(key))}
    for value, key in product(thing.names + thing.parts, sorted(naming)):
        # the digits of an id, taken as words, may be like those of a public one
        if not (WORDS.match(key) and ID.fullmatch(value)):
            yield name, {key: value}


def rules(app: Any) -> list[Any]:
    """The addresses that answer to GET, less the API of actions.

    CKAN gives every type of record the same pages; of those below a record one stands
    for all.
    """
    found = {}
    for rule in sorted(app.flask_app.url_map.iter_rules(), key=str):
        if "GET" not in rule.methods or "logic_function" in rule.arguments:
            continue
        below = len(rule.arguments) > 1
        view = app.flask_app.view_functions[rule.endpoint]
        found.setdefault((view, *rule.arguments) if below else rule.rule, rule)
    return list(found.values())


def pages(rule: Any, thing: Hidden) -> Iterator[Call]:
    """The page with each name of the thing in the last place of its address."""
    places = [re.escape(place) for place in re.findall(r"<[^>]+>", rule.rule)]
    values = thing.names[-1:] + thing.parts if places else thing.names[-1:]
    for value in values:
        *first, last = [*[thing.names[-1]] * (len(places) - 1), value]
        address = rule.rule
        for place, chosen in zip(places, [*first, last], strict=False):
            address = re.sub(place, chosen, address, count=1)
        yield address, {} if places else {"q": value, "id": value, "tags": value}
