"""Words that a template translates are markup only if a translator wrote them.

Jinja's `_()` declares its answer safe HTML, whatever it was given, so `_(dataset.title)`
puts a reader's tag into the page and `_(dataset.title) | e` does too. Here a message
that does not stand in the template itself is escaped, unless a catalogue knows it.
"""

from __future__ import annotations

from typing import Any, Final

from flask import Flask
from jinja2 import nodes
from jinja2.compiler import CodeGenerator, Frame
from markupsafe import Markup, escape

import ckan.plugins.toolkit as tk

FILTER: Final = "gpo_security_message"

_MESSAGES: Final = {
    "_": 1,
    "gettext": 1,
    "ngettext": 2,
    "ungettext": 2,
    "pgettext": 2,
    "npgettext": 3,
}
"""Functions that translate, and how many messages they take first."""


def known_or_escaped(message: Any) -> str:
    """A message as it is if a catalogue knows it, else escaped for HTML."""
    if isinstance(message, Markup):
        return message
    text = str(message)
    return text if tk._(text) != text else escape(text)


class MessageGuard(CodeGenerator):
    """Compiles templates so that every message but a literal passes the filter."""

    def visit_Template(  # noqa: N802 - the name of a method of Jinja
        self, node: nodes.Template, frame: Frame | None = None
    ) -> None:
        for call in node.find_all(nodes.Call):
            if isinstance(call.node, nodes.Name):
                count = _MESSAGES.get(call.node.name, 0)
                call.args[:count] = [_guarded(arg) for arg in call.args[:count]]
        super().visit_Template(node, frame)


def _guarded(argument: nodes.Expr) -> nodes.Expr:
    if isinstance(argument, nodes.Const | nodes.TemplateData):
        return argument
    guarded = nodes.Filter(argument, FILTER, [], [], None, None, lineno=argument.lineno)
    if argument.environment is not None:
        guarded.set_environment(argument.environment)
    return guarded


def install(app: Flask) -> None:
    """Guard the templates of an application, before it compiles the first."""
    app.jinja_env.filters[FILTER] = known_or_escaped
    app.jinja_env.code_generator_class = MessageGuard
