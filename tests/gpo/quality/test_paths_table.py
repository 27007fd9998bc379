"""PATHS.md is true: every test is there, and no writing action of CKAN is forgotten."""

from __future__ import annotations

import ast
import re
from pathlib import Path

import pytest

from ckan.logic import get_action

from ckanext.gpo import quality

HERE = Path(__file__).parent
TABLE = (Path(quality.__file__).parent / "PATHS.md").read_text("utf-8")
ROWS = re.findall(r"^\| (.+) \| .+ \| `(\S+)` \|$", TABLE, re.MULTILINE)

HARMLESS = {
    "resource_view_clear": "removes views; datasets have none",
    "resource_view_delete": "removes a view; datasets have none",
    "resource_view_reorder": "orders views; datasets have none",
    "file_delete": "takes a registered file; none of the gate's can be registered",
    "file_pin": "the same",
    "file_unpin": "the same",
    "file_rename": "the same",
}
"""Writing actions that need no rule, and why."""

READING = re.compile(
    r"_(show|list|list_for_user|search|info|autocomplete|scan)$|^resource_status_show$"
)
WRITING = re.compile(r"^(package|dataset|resource|datastore|bulk|file)_")


def _tests() -> set[str]:
    found = set()
    for path in HERE.glob("test_*.py"):
        for node in ast.parse(path.read_text("utf-8")).body:
            if isinstance(node, ast.FunctionDef):
                found.add(f"{path.name}::{node.name}")
            elif isinstance(node, ast.ClassDef):
                found |= {
                    f"{path.name}::{node.name}::{method.name}"
                    for method in node.body
                    if isinstance(method, ast.FunctionDef)
                }
    return found


def test_every_row_is_read():
    lines = [line for line in TABLE.splitlines() if line.startswith("| ")]
    assert len(ROWS) == len(lines) - 1 > 70


def test_every_test_of_the_table_is_there():
    assert {test for _, test in ROWS} <= _tests()


def test_every_test_of_a_path_is_in_the_table():
    paths = {name for name in _tests() if name.startswith("test_paths_")}
    own = {name for name in paths if name.startswith("test_paths_table.py")}
    assert paths - own - {test for _, test in ROWS} == {
        name for name in paths if name.rpartition("::")[2] in FIXTURES
    }


FIXTURES = {"file", "staged", "with_view", "hidden", "everything_of", "storage_has"}


@pytest.mark.usefixtures("with_plugins")
def test_every_writing_action_is_known():
    get_action("status_show")  # fills CKAN's cache of actions
    from ckan.logic import _actions

    writing = {n for n in _actions if WRITING.match(n) and not READING.search(n)}
    writing -= {n for n in writing if n.startswith("dataset_follow")}
    named = set(re.findall(r"`([a-z_]+)`", " ".join(path for path, _ in ROWS)))

    assert len(writing) > 30
    assert writing - named - HARMLESS.keys() == set()
    assert HARMLESS.keys() <= writing
