"""Where the rooms are, and which modules and templates they have."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from functools import cache
from pathlib import Path

ROOT = Path(__file__).parents[2]
GPO = ROOT / "ckanext-gpo" / "ckanext" / "gpo"
HARVESTERS = ROOT / "harvesters"

_WIRED = sorted(path.parent.name for path in GPO.glob("*/plugin.py"))

ROOMS = tuple(name for name in _WIRED if name != "common")
"""Every plugin has a room of its own; that of `gpo_common` belongs to all."""

PARTS = (*ROOMS, "common", "harvesters")
"""The rooms, what they share, and the distribution that only they know."""


def folder(part: str) -> Path:
    return HARVESTERS if part == "harvesters" else GPO / part


def modules(part: str) -> list[Path]:
    """The Python modules of a part, samples and builds left out."""
    top = folder(part)
    return [
        path
        for path in sorted(top.rglob("*.py"))
        if path.relative_to(top).parts[0] not in ("build", "samples")
    ]


def templates(part: str) -> list[Path]:
    return sorted(folder(part).rglob("templates/**/*.html"))


def template_name(path: Path) -> str:
    """The name under which templates ask for a template."""
    return path.as_posix().rpartition("/templates/")[2]


def short_name(path: Path) -> str:
    """A file from the folder of the rooms on, as `search/cli.py`, or from harvesters/ on."""
    top = GPO if path.is_relative_to(GPO) else ROOT
    return path.relative_to(top).as_posix()


@cache
def parsed(path: Path) -> ast.Module:
    return ast.parse(path.read_text("utf-8"))


def imports(path: Path) -> Iterator[str]:
    """Every name that a module imports, with its full dotted path."""
    package = path.relative_to(ROOT).with_suffix("").parts[:-1]
    for node in ast.walk(parsed(path)):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            base = package[: len(package) - node.level + 1] if node.level else ()
            prefix = ".".join((*base[1:], node.module or "")).strip(".")
            yield from (f"{prefix}.{alias.name}" for alias in node.names)
