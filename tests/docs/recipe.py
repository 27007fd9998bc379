"""A recipe of docs/recipes, read as it is written and carried out on a copy.

What a reader does by hand is told in the sentence before a block:

- ``New file `PATH`:`` the block is the file
- ``In `PATH`, above `LINE`:`` the block goes there; also *below* and *instead of*
- a block `console` holds commands, each with lines that its output has (`…` for anything)
"""

from __future__ import annotations

import re
import shutil
from collections.abc import Callable, Iterator
from configparser import RawConfigParser
from dataclasses import dataclass
from pathlib import Path

import tomllib
from markdown_it import MarkdownIt

ROOT = Path(__file__).parents[2]
RECIPES = ROOT / "docs" / "recipes"

NEW_FILE = re.compile(r"New file `(?P<path>[^`]+)`:$")
CHANGE = re.compile(
    r"In `(?P<path>[^`]+)`, (?P<place>above|below|instead of) `(?P<line>[^`]+)`:$"
)
NAMED = re.compile(r"`(?P<path>[^`]+)`:$")


@dataclass(frozen=True)
class Block:
    """A fenced block, the heading above it, and the paragraph that leads to it."""

    section: str
    lead: str
    language: str
    text: str


def blocks(page: Path) -> list[Block]:
    """The blocks of a page in their order."""
    section, lead, told, before = "", "", [], ""
    for token in MarkdownIt().parse(page.read_text("utf-8")):
        if token.type == "inline":
            lead = " ".join(token.content.split("\n"))
            section = lead if before == "heading_open" else section
        elif token.type == "fence":
            told.append(Block(section, lead, token.info.strip(), token.content))
        before = token.type
    return told


def recipe(name: str) -> list[Block]:
    """The blocks of a recipe."""
    return blocks(RECIPES / f"{name}.md")


class Checkout:
    """A copy of what recipes change.

    :param root: an empty folder
    """

    def __init__(self, root: Path) -> None:
        self.root = root
        for folder in ("dataset_schemas", "harvesters"):
            unneeded = shutil.ignore_patterns("samples", "*.egg-info", "build")
            shutil.copytree(ROOT / folder, root / folder, ignore=unneeded)

    def carry_out(self, name: str) -> None:
        """Change files as the recipe says."""
        changes = [each for each in recipe(name) if self._change(each)]
        assert changes, f"{name}.md changes nothing"

    def _change(self, block: Block) -> bool:
        if new := NEW_FILE.search(block.lead):
            path = self.root / new["path"]
            assert not (ROOT / new["path"]).exists(), f"{new['path']} is there already"
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(block.text, "utf-8")
        elif change := CHANGE.search(block.lead):
            path = self.file(change["path"])
            lines = path.read_text("utf-8").splitlines(keepends=True)
            hits = [n for n, line in enumerate(lines) if change["line"] in line]
            assert len(hits) == 1, f"{change['path']}: {len(hits)} × {change['line']}"
            start = hits[0] + (change["place"] == "below")
            end = hits[0] + (change["place"] != "above")
            lines[start:end] = [block.text]
            path.write_text("".join(lines), "utf-8")
        return bool(new or change)

    def file(self, path: str) -> Path:
        """A file of the copy, brought there if it is not yet."""
        copy = self.root / path
        if not copy.exists():
            copy.parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(ROOT / path, copy)
        return copy

    def plugins(self) -> str:
        """`ckan.plugins` of the base configuration."""
        ini = RawConfigParser()
        ini.read(self.file("config/base.ini"), "utf-8")
        return ini["app:main"]["ckan.plugins"]

    def install(self, folder: Path) -> None:
        """Write the entry points that recipes add, as pip does; `folder` is on the path."""
        added = [
            f"{name} = {target}"
            for project in ("ckanext-gpo/pyproject.toml", "harvesters/pyproject.toml")
            for name, target in _plugins(self.file(project)).items()
            if name not in _plugins(ROOT / project)
        ]
        info = folder / "recipes-0.dist-info"
        info.mkdir(parents=True)
        (info / "METADATA").write_text("Name: recipes\nVersion: 0\n")
        (info / "entry_points.txt").write_text("\n".join(["[ckan.plugins]", *added]))


def _plugins(project: Path) -> dict[str, str]:
    described = tomllib.loads(project.read_text("utf-8"))["project"]
    return described["entry-points"]["ckan.plugins"]


def delivered(name: str) -> Iterator[tuple[str, str]]:
    """Name and text of the data files that a recipe shows."""
    for block in recipe(name):
        if block.language == "csv" and (named := NAMED.search(block.lead)):
            yield named["path"], block.text


def run_commands(name: str, run: Callable[[str], str]) -> None:
    """Run the commands of a recipe; each has to print what the recipe says."""
    ran = False
    for block in recipe(name):
        if block.language != "console":
            continue
        output = ""
        for line in block.text.splitlines():
            if line.startswith("$ "):
                output, ran = run(line.removeprefix("$ ")), True
            else:
                words = (re.escape(part) for part in line.split("…"))
                assert re.search(".*".join(words), output), f"{line!r} not in\n{output}"
    assert ran, f"{name}.md shows no command"
