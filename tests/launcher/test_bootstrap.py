"""When .venv is made anew, and what the constraints may hold."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest
from launcher import bootstrap, packages

TOOLS = ("gunicorn", "supervisor")


@pytest.fixture
def stamp(tmp_path: Path) -> Path:
    file = tmp_path / "stamp.json"
    file.write_text(json.dumps({"recipe": bootstrap.recipe(), "tools": list(TOOLS)}))
    return file


def test_the_same_recipe_installs_nothing(stamp: Path):
    assert bootstrap.up_to_date(TOOLS, stamp)
    assert bootstrap.up_to_date(TOOLS[:1], stamp)


def test_a_tool_more_is_installed(stamp: Path):
    assert not bootstrap.up_to_date((*TOOLS, "pytest"), stamp)


def test_other_constraints_are_another_recipe(
    stamp: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    changed = tmp_path / "constraints.txt"
    changed.write_text(bootstrap.CONSTRAINTS.read_text() + "extra==1.0\n")
    monkeypatch.setattr(bootstrap, "CONSTRAINTS", changed)

    assert not bootstrap.up_to_date(TOOLS, stamp)


@pytest.mark.parametrize("content", ["", "not json"])
def test_without_a_readable_stamp_all_is_installed(stamp: Path, content: str):
    stamp.write_text(content)

    assert not bootstrap.up_to_date(TOOLS, stamp)


def test_constraints_are_exact_versions_without_addresses():
    lines = bootstrap.CONSTRAINTS.read_text().splitlines()
    wanted = [line for line in lines if line and not line.startswith("#")]

    assert [line for line in wanted if not re.fullmatch(r"[\w.-]+==[\w.]+", line)] == []


def test_only_what_is_missing_is_missing():
    assert packages.missing(("dpkg", "no-such-package-anywhere")) == [
        "no-such-package-anywhere"
    ]
