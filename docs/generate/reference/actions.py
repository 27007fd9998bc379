"""`actions.md`: every action of the platform, and CKAN's that it changes."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from inspect import getdoc
from typing import Any

from ckanext.gpo.security import allow_list

from docs.generate.markdown import code, first_paragraph, table
from docs.generate.reference import plugins

_HEAD = """\
# Actions

What a program calls at `/api/3/action/<name>`. *How*: an action that only reads answers GET
and POST, one that may change something POST alone. *Who* is the audience that
[api_actions.yaml](../../ckanext-gpo/ckanext/gpo/security/api_actions.yaml) lets through to
the action; then the action's own rule, in the words of its auth function. Parameters and
answers are told by `/api/3/action/help_show?name=<name>`.
"""

_CHANGED = """
## Actions of CKAN that the plugins change

Each is called under CKAN's name. Where several change one, they are asked in the order of
`ckan.plugins`.

"""


@dataclass(frozen=True)
class Action:
    """An action as its plugin registers it; `changes` is true for one of CKAN's.

    `rule` says whom the action's auth function lets.
    """

    name: str
    plugin: str
    text: str
    rule: str
    reads: bool
    changes: bool


def page() -> str:
    sections = [_section(entry.name) for _, entry in plugins.plugins()]
    return _HEAD + "".join(sections) + _CHANGED + _changed()


def actions() -> Iterator[Action]:
    """Every action that a plugin registers, by plugin and name."""
    for _, entry in plugins.plugins():
        plugin = entry.load()
        rules = _registered(plugin, "get_auth_functions")
        for name, function in sorted(_registered(plugin, "get_actions").items()):
            yield Action(
                name=name,
                plugin=entry.name,
                text=_text(function),
                rule=_text(rules[name]) if name in rules else "",
                reads=getattr(function, "side_effect_free", False),
                changes=getattr(function, "chained_action", False),
            )


def _registered(plugin: Any, getter: str) -> dict[str, Callable[..., Any]]:
    """What a plugin gives CKAN; the functions of blankets need no object of its class."""
    return getattr(plugin, getter)(plugin) if hasattr(plugin, getter) else {}


def _text(function: Callable[..., Any]) -> str:
    return first_paragraph(getdoc(function) or "")


def _section(plugin: str) -> str:
    rows = [
        [
            code(action.name),
            "GET, POST" if action.reads else "POST",
            f"{allow_list.audience(action.name).value}. {action.rule}",
            action.text,
        ]
        for action in actions()
        if action.plugin == plugin and not action.changes
    ]
    head = ["action", "how", "who", "what it does"]
    return f"\n## {plugin}\n\n{table(head, rows)}" if rows else ""


def _changed() -> str:
    rows = sorted(
        [code(action.name), code(action.plugin), action.text]
        for action in actions()
        if action.changes
    )
    return table(["action", "plugin", "what it changes"], rows)
