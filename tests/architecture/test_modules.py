"""The shape of modules: how long, what called, with which duties, and what they may know."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from fnmatch import fnmatch
from pathlib import Path

import pytest
import yaml

from docs.generate import tree

CODE = [
    path
    for folder in (
        tree.GPO,
        tree.HARVESTERS,
        tree.ROOT / "bin",
        tree.ROOT / "bench",
        tree.ROOT / "dataset_schemas",
        tree.ROOT / "docs",
    )
    for path in sorted(folder.rglob("*.py"))
    if "build" not in path.relative_to(folder).parts
]
PARTS = [path for part in tree.PARTS for path in tree.modules(part)]

LINES = 350
PLUGIN_LINES = 80

STANDARD = frozenset(
    f"{name}.py"
    for name in (
        "plugin",
        "model",
        "views",
        "jobs",
        "cli",
        "config",
        "helpers",
        "subscriptions",
    )
)
"""Modules that speak with CKAN, of the same name in every room; and these folders:"""
STANDARD_FOLDERS = frozenset({"logic", "pages", "web"})

ALLOWED: dict[str, str] = yaml.safe_load(
    Path(__file__).with_name("ckan_allowed.yaml").read_text("utf-8")
)
"""Other modules (or folders, with a slash at the end) that know CKAN, and why."""

OTHER_NAMES = frozenset(
    {
        *("utils", "util", "misc", "stuff", "common"),
        *(
            "models",
            "tables",
            "blueprint",
            "blueprints",
            "routes",
            "tasks",
            "worker_jobs",
        ),
        *("commands", "click", "settings", "options", "template_helpers", "signals"),
        *("actions", "action", "auth", "schema", "validators", "validator"),
    }
)
"""Names that say nothing, and other names for what a room has a standard name for."""

NAMED_OTHERWISE = {
    "search/commands.py": "stands in the place of CKAN's commands of the index",
    "common/tables.py": "the tables that are published, not those of the database",
    "common/web/actions.py": "how views call actions; defines none",
}
"""Modules whose name means something else, and what."""


def _name(path: Path) -> str:
    """A module as the exceptions name it: from the folder of the rooms, or harvesters/."""
    root = tree.GPO if path.is_relative_to(tree.GPO) else tree.ROOT
    return path.relative_to(root).as_posix()


def _is_standard(path: Path) -> bool:
    return path.name in STANDARD or bool(STANDARD_FOLDERS & {*_name(path).split("/")})


def _knows_ckan(path: Path) -> list[str]:
    return [
        name
        for name in tree.imports(path)
        if name.split(".")[0] in ("ckan", "flask", "flask_login")
        or (name.startswith("ckanext.") and not name.startswith("ckanext.gpo."))
    ]


def _allowance(path: Path) -> str:
    """The exception that covers a module; empty if none does."""
    name = _name(path)
    for allowed in ALLOWED:
        if name == allowed or (allowed.endswith("/") and name.startswith(allowed)):
            return allowed
    return ""


@pytest.mark.parametrize("path", PARTS, ids=_name)
def test_thinking_needs_no_site(path: Path):
    if not _is_standard(path) and not _allowance(path):
        assert not _knows_ckan(path), "thinking; see ckan_allowed.yaml"


def test_no_exception_is_without_use_or_reason():
    used = {_allowance(p) for p in PARTS if _knows_ckan(p) and not _is_standard(p)}

    assert set(ALLOWED) <= used
    assert not [name for name, reason in ALLOWED.items() if len(reason) < 15]


@pytest.mark.parametrize(
    "path", CODE, ids=lambda path: path.relative_to(tree.ROOT).as_posix()
)
def test_modules_are_short(path: Path):
    lines = len(path.read_text("utf-8").splitlines())

    assert lines <= (PLUGIN_LINES if path.name == "plugin.py" else LINES)


def test_modules_have_the_names_of_every_room():
    other = [
        _name(path)
        for part in (*tree.ROOMS, "common")
        for path in tree.modules(part)
        if path.stem in OTHER_NAMES
        and path.relative_to(tree.folder(part)).parts[0] != "logic"
    ]

    assert not [name for name in other if name not in NAMED_OTHERWISE]


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
    "portal/feed_views.py": "views",
    "portal/replaced_pages.py": "views",
    "portal/search_views.py": "views",
    "search/upkeep.py": "jobs",
}


@pytest.mark.parametrize("path", PARTS, ids=_name)
def test_a_duty_is_done_where_every_room_does_it(path: Path):
    name = _name(path)

    assert not [
        duty
        for duty in set(_duties(tree.parsed(path)))
        if not any(fnmatch(name, place) for place in PLACES[duty])
        and DONE_ELSEWHERE.get(name) != duty
    ]


@pytest.mark.parametrize("room", tree.ROOMS)
def test_every_room_says_what_it_is(room: str):
    text = ast.get_docstring(tree.parsed(tree.folder(room) / "__init__.py"))

    assert len(text or "") > 80
