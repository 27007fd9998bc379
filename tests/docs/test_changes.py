"""The changelog can be made from what lies in docs/changes."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest
import tomllib

from docs.generate import tree

CHANGES = tree.ROOT / "docs" / "changes"
FRAGMENTS = [path for path in sorted(CHANGES.iterdir()) if path.name != "README.md"]


def _kinds() -> set[str]:
    settings = tomllib.loads((tree.ROOT / "pyproject.toml").read_text("utf-8"))
    return {kind["directory"] for kind in settings["tool"]["towncrier"]["type"]}


@pytest.fixture(scope="module")
def draft() -> str:
    return subprocess.run(
        [sys.executable, "-m", "towncrier", "build", "--draft", "--version", "0.0.0"],
        cwd=tree.ROOT,
        capture_output=True,
        text=True,
        check=True,
    ).stdout


@pytest.mark.parametrize("path", FRAGMENTS, ids=lambda path: path.name)
def test_a_change_is_of_a_known_kind_and_stands_in_the_draft(path: Path, draft: str):
    name, kind, suffix = path.name.rsplit(".", maxsplit=2)

    assert name.startswith("+")
    assert kind in _kinds()
    assert suffix == "md"
    assert " ".join(path.read_text("utf-8").split()) in " ".join(draft.split())
