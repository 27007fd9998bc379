"""The shape of modules: how long they are, and what they are called."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

from docs.generate import tree

LINES = 350
PLUGIN_LINES = 80

CODE = [
    path
    for folder in (
        *(tree.GPO, tree.HARVESTERS),
        *(tree.ROOT / name for name in ("bench", "bin", "dataset_schemas", "docs")),
    )
    for path in sorted(folder.rglob("*.py"))
    if "build" not in path.relative_to(folder).parts
]

SAYS_NOTHING = {"utils", "util", "misc", "stuff", "common", "helper"}

OTHER_NAMES = {
    *("actions", "action", "auth", "schema", "schemas", "validator", "validators"),
    *("models", "tables", "blueprint", "blueprints", "routes", "urls", "tasks"),
    *("commands", "click", "settings", "options", "template_helpers", "signals"),
}
"""Other names for what every room has a name for: `logic/action`, `model`, `views`, …"""

NAMED_OTHERWISE = {
    "search/upkeep/commands.py": "stands in the place of CKAN's commands of the index",
    "common/tables.py": "the tables that are published, not those of the database",
    "common/web/actions.py": "how views call actions; defines none",
}
"""Modules whose name means something else, and what."""


@pytest.mark.parametrize(
    "path", CODE, ids=lambda path: path.relative_to(tree.ROOT).as_posix()
)
def test_a_module_is_short_and_its_name_says_something(path: Path):
    lines = len(path.read_text("utf-8").splitlines())

    assert lines <= (PLUGIN_LINES if path.name == "plugin.py" else LINES)
    assert path.stem not in SAYS_NOTHING


def test_modules_have_the_names_of_every_room():
    other = {
        tree.short_name(path)
        for part in (*tree.ROOMS, "common")
        for path in tree.modules(part)
        if path.stem in OTHER_NAMES
        and path.relative_to(tree.folder(part)).parts[0] != "logic"
    }

    assert other == set(NAMED_OTHERWISE)


@pytest.mark.parametrize("room", tree.ROOMS)
def test_every_room_says_what_it_is(room: str):
    text = ast.get_docstring(tree.parsed(tree.folder(room) / "__init__.py"))

    assert len(text or "") > 80
