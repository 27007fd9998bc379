"""The order of the stations of search: imports go down, and a query never climbs.

That stations have doors and form no circle, tests/architecture/test_stations.py holds.
"""

from __future__ import annotations

import ast
import sys
from collections.abc import Iterator
from pathlib import Path
from types import FrameType
from typing import Any

import pytest

from ckanext.gpo.search.engine import Engine

from .conftest import CKAN_WORDS

ROOM = Path(sys.modules[Engine.__module__].__file__ or "").parent
PACKAGE = "ckanext.gpo.search"

LAYERS = (
    "errors",
    "config",
    "analysis",
    "index",
    "scoring",
    "query",
    "records",
    "highlight",
    "answering",
    "engine",
    "suggest",
    "adapter",
    "record_finder",
    "upkeep",
)
"""From the bottom to the top; `errors`, `config`, `answering` and `engine` are modules."""

STATIONS = {door.parent.name for door in ROOM.glob("*/__init__.py")} - {
    "logic",
    "pages",
}
MODULES = {
    ".".join(path.relative_to(ROOM).with_suffix("").parts): path
    for path in ROOM.rglob("*.py")
}
INSIDE = sorted(name for name in MODULES if name.partition(".")[0] in LAYERS)


def imports(name: str) -> Iterator[tuple[tuple[str, ...], str]]:
    """What a module imports of the room: the path of the module, and the name."""
    package = name.split(".")[:-1]
    for node in ast.walk(ast.parse(MODULES[name].read_text("utf-8"))):
        if not isinstance(node, ast.ImportFrom):
            continue
        module = (node.module or "").split(".") if node.module else []
        if node.level:
            path = (*package[: len(package) - node.level + 1], *module)
        elif f"{node.module}.".startswith(f"{PACKAGE}."):
            path = tuple(module[3:])
        else:
            continue
        for alias in node.names:
            yield path or (alias.name,), alias.name


def test_every_station_has_its_layer():
    assert {layer for layer in LAYERS if layer not in MODULES} == STATIONS


@pytest.mark.parametrize("name", INSIDE)
def test_imports_go_down(name: str):
    own = name.partition(".")[0]
    above = {
        path
        for path, _ in imports(name)
        if path[0] not in LAYERS[: LAYERS.index(own) + 1]
    }
    assert not above


@pytest.mark.parametrize(
    "name",
    [
        name
        for name in INSIDE
        if name.partition(".")[0]
        not in ("config", "adapter", "record_finder", "upkeep")
    ],
)
def test_the_engine_knows_nothing_of_ckan(name: str):
    tree = ast.parse(MODULES[name].read_text("utf-8"))
    roots = {
        (node.module or "").partition(".")[0]
        for node in ast.walk(tree)
        if isinstance(node, ast.ImportFrom)
    } | {
        alias.name.partition(".")[0]
        for node in ast.walk(tree)
        if isinstance(node, ast.Import)
        for alias in node.names
    }
    assert not roots & {"ckan", "flask"}


def layer(frame: FrameType) -> int | None:
    path = Path(frame.f_code.co_filename)
    if not path.is_relative_to(ROOM):
        return None
    return LAYERS.index(path.relative_to(ROOM).with_suffix("").parts[0])


@pytest.mark.parametrize(
    "query",
    ["食品", "食品监管", "caizheng", "食品怎么办理许可", "食平许可", "title:食品"],
)
def test_a_query_goes_down_and_comes_back(corpus: Engine, query: str):
    """No function of a station calls one of a station above it, not even by a callback."""
    climbs: set[tuple[str, str]] = set()
    layers: set[int] = set()

    def watch(frame: FrameType, event: str, _: Any) -> None:
        if event != "call" or (here := layer(frame)) is None:
            return
        layers.add(here)
        caller = frame.f_back
        while caller and layer(caller) is None:
            caller = caller.f_back
        if caller and here > (layer(caller) or 0):
            climbs.add((caller.f_code.co_qualname, frame.f_code.co_qualname))

    asked = {
        **CKAN_WORDS,
        "defType": "lucene" if ":" in query else "dismax",
        "facet": "true",
        "facet.field": ["tags"],
        "hl": "true",
        "bf": "recip(ms(NOW/DAY,metadata_modified),3.16e-11,1,1)^0.4",
    }
    sys.setprofile(watch)
    try:
        corpus.search(query, asked)
    finally:
        sys.setprofile(None)

    assert not climbs
    passed = {LAYERS[number] for number in layers}
    assert {"query", "scoring", "index", "highlight"} <= passed
