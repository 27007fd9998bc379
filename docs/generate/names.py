"""The names that stand in a module or a template: its strings and the helpers it calls.

A name of another room is always a whole string (an action, an endpoint, a template, a
signal), an attribute of `h` (a helper) or the interface in `implements(…)`. So it does not
matter how it is used: in a call, in a table of endpoints, in a tuple that a loop runs over.
"""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

from jinja2 import Environment, nodes

from ckan.lib import jinja_extensions

from docs.generate import tree

HELPER = "h."
"""Before the name of a helper, so that it is not taken for an action."""

INTERFACE = "interface "
"""Before the name of an interface that is implemented, or whose implementations are asked."""

_ON_INTERFACES = ("implements", "PluginImplementations")

_JINJA = Environment(
    autoescape=True,
    extensions=[
        "jinja2.ext.i18n",
        "jinja2.ext.do",
        "jinja2.ext.loopcontrols",
        jinja_extensions.SnippetExtension,
        jinja_extensions.CkanExtend,
        jinja_extensions.UrlForStaticExtension,
        jinja_extensions.UrlForExtension,
        jinja_extensions.LinkForExtension,
        jinja_extensions.AssetExtension,
    ],
)


def in_module(path: Path) -> Iterator[str]:
    """The strings of a module, its helpers as `h.name`, its interfaces; no docstrings."""
    module = tree.parsed(path)
    described = {id(text) for text in _docstrings(module)}
    for node in ast.walk(module):
        if isinstance(node, ast.Constant) and isinstance(node.value, str):
            if id(node) not in described:
                yield node.value
        elif isinstance(node, ast.Attribute) and _last(node.value) == "h":
            yield HELPER + node.attr
        elif isinstance(node, ast.Call) and _last(node.func) in _ON_INTERFACES:
            yield INTERFACE + _last(node.args[0])


def in_template(path: Path) -> Iterator[str]:
    """The strings of a template, and its helpers as `h.name`."""
    template = _JINJA.parse(path.read_text("utf-8"))
    for constant in template.find_all(nodes.Const):
        if isinstance(constant.value, str):
            yield constant.value
    for attribute in template.find_all(nodes.Getattr):
        if isinstance(attribute.node, nodes.Name) and attribute.node.name == "h":
            yield HELPER + attribute.attr


def _docstrings(module: ast.Module) -> Iterator[ast.Constant]:
    """Strings that stand alone: they tell people something."""
    for node in ast.walk(module):
        if isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant):
            yield node.value


def _last(node: ast.expr) -> str:
    """The last name of an expression, as `implements` of `p.implements`; or empty."""
    return node.attr if isinstance(node, ast.Attribute) else getattr(node, "id", "")
