"""Stations: the folders inside a large room, each with a door, and no way back.

A station is a folder of a room that holds modules and is none of the folders that every
room has. Whoever stands outside takes from its door (`__init__.py`) and nowhere else; the
door says in `__all__` what there is to take. Read from the source with `ast`.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from graphlib import CycleError, TopologicalSorter
from pathlib import Path

import pytest

SOURCES = Path(__file__).parents[2] / "ckanext-gpo"
ROOMS = {
    path.parent
    for path in (SOURCES / "ckanext" / "gpo").glob("*/plugin.py")
    if path.parent.name != "common"  # where each thing is taken by its own name
}
IN_EVERY_ROOM = {"logic", "pages", "templates"}

STATIONS = sorted(
    door.parent
    for room in ROOMS
    for door in room.glob("*/__init__.py")
    if door.parent.name not in IN_EVERY_ROOM
)


def _name(path: Path) -> str:
    parts = path.relative_to(SOURCES).with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


MODULES = {_name(path): path for room in ROOMS for path in room.rglob("*.py")}
DOORS = {_name(station) for station in STATIONS}


def _imports(module: str) -> Iterator[tuple[str, str]]:
    """What a module takes from where, also inside its functions: `(module, name)`."""
    path = MODULES[module]
    package = module if path.name == "__init__.py" else module.rpartition(".")[0]
    nodes = list(ast.walk(ast.parse(path.read_text("utf-8"))))
    doors = {}
    for node in nodes:
        if isinstance(node, ast.Import):
            yield from ((alias.name, "") for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            above = package.split(".")[: package.count(".") + 2 - node.level]
            base = ".".join(above) if node.level else ""
            source = ".".join(filter(None, (base, node.module)))
            for alias in node.names:
                yield source, alias.name
                if (door := f"{source}.{alias.name}") in DOORS:
                    doors[alias.asname or alias.name] = door
    for node in nodes:  # whoever takes the door as a whole takes what is read of it
        match node:
            case ast.Attribute(value=ast.Name(id=name)) if name in doors:
                yield doors[name], node.attr


def _door(module: str) -> str | None:
    """The station that a module belongs to."""
    return next((d for d in DOORS if f"{module}.".startswith(f"{d}.")), None)


def _place(module: str) -> str:
    """The station that a module belongs to, the folder or the module of its room."""
    return _door(module) or ".".join(module.split(".")[:4])


def _target(source: str, name: str) -> str:
    """The module that an import reads."""
    return f"{source}.{name}" if f"{source}.{name}" in MODULES else source


def _exports(door: str) -> set[str]:
    for node in ast.parse(MODULES[door].read_text("utf-8")).body:
        if isinstance(node, ast.Assign) and ast.unparse(node.targets[0]) == "__all__":
            return set(ast.literal_eval(node.value))
    return set()


def test_stations_are_found():
    assert {"engine", "publication", "history"} <= {s.name for s in STATIONS}


@pytest.mark.parametrize("door", sorted(DOORS))
def test_a_door_says_what_comes_in_and_what_goes_out(door: str):
    words = ast.get_docstring(ast.parse(MODULES[door].read_text("utf-8"))) or ""

    assert re.search(r"\bIn: .*\bOut: ", words, re.DOTALL)
    assert _exports(door)


@pytest.mark.parametrize("door", sorted(DOORS))
def test_a_station_is_entered_by_its_door(door: str):
    assert not {
        (module, source, name)
        for module in MODULES
        if _door(module) != door
        for source, name in _imports(module)
        if _door(_target(source, name)) == door
        and f"{source}.{name}" != door
        and (source != door or name not in _exports(door))
    }


def _circle(uses: dict[str, set[str]]) -> list[str]:
    try:
        TopologicalSorter(uses).prepare()
    except CycleError as err:
        return err.args[1]
    return []


@pytest.mark.parametrize("room", sorted({s.parent.name for s in STATIONS}))
def test_nothing_reaches_back(room: str):
    """Neither stations nor the modules and folders beside them depend on each other."""
    prefix = f"ckanext.gpo.{room}."
    modules: dict[str, set[str]] = {}
    places: dict[str, set[str]] = {}
    for module in (m for m in MODULES if m.startswith(prefix)):
        targets = {_target(source, name) for source, name in _imports(module)}
        targets = {t for t in targets if t.startswith(prefix) and t != module}
        modules[module] = {t for t in targets if t in MODULES}
        place = _place(module)
        places.setdefault(place, set()).update(map(_place, targets - {place}))
        places[place].discard(place)

    assert not _circle(places)
    assert not _circle(modules)
