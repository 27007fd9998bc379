"""What every room does, each does in a module of the same name."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from fnmatch import fnmatch
from pathlib import Path

import pytest

from docs.generate import tree

MODULES = [path for part in tree.PARTS for path in tree.modules(part)]


def _duties(module: ast.Module) -> Iterator[str]:
    """The standard modules whose duties a module has."""
    for node in ast.walk(module):
        if isinstance(node, ast.Call):
            called = ast.unparse(node.func)
            if called in ("Blueprint", "flask.Blueprint"):
                yield "views"
            if called == "click.group":
                yield "cli"
            if called == "tk.enqueue_job" and not _names_a_job(node.args[0]):
                yield "jobs"
        elif isinstance(node, ast.Assign):
            if ast.unparse(node.targets[0]) == "__tablename__":
                yield "model"
        elif isinstance(node, ast.FunctionDef):
            decorators = {ast.unparse(each) for each in node.decorator_list}
            if "tk.chained_action" in decorators:
                yield "logic/action"
            if decorators & {
                "tk.auth_allow_anonymous_access",
                "tk.chained_auth_function",
            }:
                yield "logic/auth"
        elif (
            isinstance(node, ast.Attribute) and ast.unparse(node.value) == "tk.signals"
        ):
            yield "subscriptions"


def _names_a_job(function: ast.expr) -> bool:
    """Whether what is queued is a function of another module `jobs`, or its dotted path."""
    text = (
        function.value if isinstance(function, ast.Constant) else ast.unparse(function)
    )
    return ".jobs." in f".{text}"


PLACES = {
    "views": ("*/views.py", "*/pages/*.py"),
    "cli": ("*/cli.py",),
    "model": ("*/model.py",),
    "logic/action": ("*/logic/action.py", "*/logic/action/*.py"),
    "logic/auth": ("*/logic/auth.py", "*/logic/auth/*.py"),
    "subscriptions": ("*/subscriptions.py",),
    "jobs": ("*/jobs.py",),
}
"""Duty → where it is done."""

DONE_ELSEWHERE = {
    "common/guards.py": "logic/action",
    "common/ledger/events.py": "model",
}


@pytest.mark.parametrize("path", MODULES, ids=tree.short_name)
def test_a_duty_is_done_where_every_room_does_it(path: Path):
    name = tree.short_name(path)

    assert not [
        duty
        for duty in set(_duties(tree.parsed(path)))
        if not any(fnmatch(name, place) for place in PLACES[duty])
        and DONE_ELSEWHERE.get(name) != duty
    ]
