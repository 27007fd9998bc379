"""PATHS.md is true: every test is there, and no writing action of CKAN is forgotten."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterable, Iterator
from os.path import relpath
from pathlib import Path

import pytest

from ckan.logic import get_action

from ckanext.gpo import quality

HERE = Path(__file__).parent
TABLE = (Path(quality.__file__).parent / "PATHS.md").read_text("utf-8")
ITEMS = HERE.parents[1] / "catalogue" / "test_release.py"
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


def _tests(files: Iterable[Path]) -> set[str]:
    """Names of tests as the table has them: with the file's path from here."""
    return {
        f"{relpath(file, HERE)}::{name}"
        for file in files
        for name in _functions(ast.parse(file.read_text("utf-8")).body)
        if name.rpartition("::")[2].startswith("test_")
    }


def _functions(body: list[ast.stmt]) -> Iterator[str]:
    for node in body:
        if isinstance(node, ast.FunctionDef):
            yield node.name
        elif isinstance(node, ast.ClassDef):
            yield from (f"{node.name}::{name}" for name in _functions(node.body))


def test_every_row_is_read():
    lines = [line for line in TABLE.splitlines() if line.startswith("| ")]
    assert len(ROWS) == len(lines) - 1 > 70


def test_every_test_of_the_table_is_there():
    named = {test for _, test in ROWS}
    files = {HERE / test.partition("::")[0] for test in named}
    assert all(file.is_file() for file in files)
    assert named <= _tests(files)


def test_every_test_of_a_path_is_in_the_table():
    files = {*HERE.glob("test_paths_*.py"), ITEMS} - {Path(__file__)}
    assert _tests(files) - {test for _, test in ROWS} == set()


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
