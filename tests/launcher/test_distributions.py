"""What is not Python has to be named to get into a wheel; an image holds wheels only."""

from __future__ import annotations

from fnmatch import fnmatch
from pathlib import Path

import pytest
import tomli

ROOT = Path(__file__).parents[2]
MADE = {"__pycache__", "build"}


def patterns(distribution: Path) -> list[str]:
    with (distribution / "pyproject.toml").open("rb") as file:
        tools = tomli.load(file)["tool"]["setuptools"]
    return [pattern for named in tools["package-data"].values() for pattern in named]


@pytest.mark.parametrize(
    ("distribution", "package"),
    [
        ("ckanext-gpo", "ckanext-gpo/ckanext"),
        ("dataset_schemas", "dataset_schemas"),
        ("harvesters", "harvesters"),
    ],
)
def test_every_file_that_is_no_code_is_in_the_wheel(distribution: str, package: str):
    named = patterns(ROOT / distribution)
    left_out = [
        path.relative_to(ROOT)
        for path in (ROOT / package).rglob("*")
        if path.is_file()
        and path.suffix not in {".py", ".pyc", ".md"}
        and path.name != "pyproject.toml"
        and not any(part in MADE or part.endswith(".egg-info") for part in path.parts)
        and not any(fnmatch(str(path), f"*{pattern}") for pattern in named)
    ]

    assert left_out == []
