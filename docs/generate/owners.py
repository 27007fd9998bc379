"""Which room a name belongs to: the one that defines it.

What a room defines under a name of CKAN's (a chained action, a helper, a page in the place
of CKAN's) stays CKAN's to those who use it: they would work without that room.
"""

from __future__ import annotations

import ast
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from docs.generate import names, tree

_PREFIX = "gpo_"


@dataclass(frozen=True, order=True)
class Thing:
    """Something that rooms can name: its kind, its name, the part that owns it."""

    owner: str
    kind: str
    name: str


def owner(name: str) -> Thing | None:
    """What a string of the code names, if it names a thing of the platform."""
    if thing := _named().get(name):
        return thing
    room, _, signal = name.removeprefix(_PREFIX).partition(":")
    if room in tree.ROOMS and signal.isidentifier():
        return Thing(room, "signals", name)
    blueprint, _, view = name.partition(".")
    if view.isidentifier() and (part := _blueprints().get(blueprint)):
        return Thing(part, "endpoints", name)
    bundle, _, file = name.partition("/")
    plugin = _named().get(bundle)
    if file and plugin and plugin.kind == "plugins" and "." not in file:
        return Thing(plugin.owner, "assets", name)
    return None


@cache
def _named() -> dict[str, Thing]:
    """Everything with a name of its own."""
    return {thing.name: thing for part in tree.PARTS for thing in _things(part)}


@cache
def _blueprints() -> dict[str, str]:
    return {
        node.args[0].value: part
        for part in tree.PARTS
        for path in tree.modules(part)
        for node in ast.walk(tree.parsed(path))
        if isinstance(node, ast.Call)
        and getattr(node.func, "id", "") == "Blueprint"
        and isinstance(node.args[0], ast.Constant)
        and isinstance(node.args[0].value, str)
    }


def _things(part: str) -> Iterator[Thing]:
    for name in _actions(part):
        yield Thing(part, "actions", name)
    for name in _helpers(part):
        yield Thing(part, "helpers", names.HELPER + name)
    for name in _interfaces(part):
        yield Thing(part, "interfaces", names.INTERFACE + name)
    for path in tree.templates(part):
        if (name := tree.template_name(path)).startswith(_PREFIX):
            yield Thing(part, "templates", name)
    for name in _tables(part):
        yield Thing(part, "tables", name)
    if part in tree.ROOMS:
        yield Thing(part, "plugins", f"{_PREFIX}{part}")


def _actions(part: str) -> Iterator[str]:
    for path in tree.modules(part):
        if "logic/action" in path.as_posix():
            yield from _functions(tree.parsed(path))


def _interfaces(part: str) -> Iterator[str]:
    for path in tree.modules(part):
        for node in ast.walk(tree.parsed(path)):
            if isinstance(node, ast.ClassDef) and any(
                ast.unparse(base) in ("p.Interface", "Interface") for base in node.bases
            ):
                yield node.name


def _helpers(part: str) -> Iterator[str]:
    for path in tree.modules(part):
        if path.name == "helpers.py":
            yield from _functions(tree.parsed(path))


def _functions(module: ast.Module) -> Iterator[str]:
    for node in module.body:
        if isinstance(node, ast.FunctionDef) and node.name.startswith(_PREFIX):
            yield node.name


def _tables(part: str) -> Iterator[str]:
    for path in tree.modules(part):
        for node in ast.walk(tree.parsed(path)):
            if (
                isinstance(node, ast.Assign)
                and getattr(node.targets[0], "id", "") == "__tablename__"
                and isinstance(node.value, ast.Constant)
                and isinstance(node.value.value, str)
            ):
                yield node.value.value
