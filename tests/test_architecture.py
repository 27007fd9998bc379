"""The shape of the code, kept true: who may import whom, how long a module may be.

Read from the source with `ast`; nothing is imported but for the actions' test.
"""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

from ckan import authz
from ckan.logic import get_action

ROOT = Path(__file__).parents[1]
GPO = ROOT / "ckanext-gpo" / "ckanext" / "gpo"
HARVESTERS = ROOT / "harvesters"
ROOMS = sorted({path.parent.name for path in GPO.glob("*/plugin.py")} - {"common"})

CODE = [
    path
    for folder in (GPO, HARVESTERS, ROOT / "bin", ROOT / "dataset_schemas")
    for path in folder.rglob("*.py")
    if "build" not in path.parts
]

FREE_OF_CKAN = [
    "quality/workflow.py",
    "quality/engine/verdict.py",
    "quality/engine/judge.py",
    "quality/reception/candidate.py",
    "quality/report/wording.py",
    "quality/publication/datapackage.py",
    "quality/publication/files.py",
    "quality/publication/rowstore.py",
    "quality/engine/storable.py",
    "quality/publication/workbook.py",
    "catalogue/state.py",
    "catalogue/consistency.py",
    "catalogue/difference.py",
    "harvest/mapping.py",
    "harvest/lexical.py",
    "search/query/lucene.py",
    "search/analysis/segmenter.py",
]
"""Where the thinking lives: testable without a site."""


def imports(path: Path) -> Iterator[str]:
    """Every module that a file imports, with its own package filled in."""
    package = path.relative_to(ROOT).with_suffix("").parts[:-1]
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            base = package[: len(package) - node.level + 1] if node.level else ()
            prefix = ".".join((*base[1:], node.module or "")).strip(".")
            yield from (f"{prefix}.{alias.name}" for alias in node.names)


def of_room(name: str) -> list[Path]:
    return [path for path in CODE if path.is_relative_to(GPO / name)]


@pytest.mark.parametrize("room", ROOMS)
def test_a_room_imports_no_other_room(room: str):
    others = tuple(f"ckanext.gpo.{other}" for other in ROOMS if other != room)

    guilty = {
        (path.name, name)
        for path in of_room(room)
        for name in imports(path)
        if name.startswith(others) or name.startswith("gpo_harvesters")
    }

    assert not guilty


def test_common_imports_no_room():
    rooms = tuple(f"ckanext.gpo.{room}" for room in ROOMS)

    assert not {
        name for p in of_room("common") for name in imports(p) if name.startswith(rooms)
    }


def test_harvesters_know_only_harvest_and_common():
    allowed = ("ckanext.gpo.harvest", "ckanext.gpo.common")

    assert not {
        (path.name, name)
        for path in CODE
        if path.is_relative_to(HARVESTERS)
        for name in imports(path)
        if name.startswith("ckanext.gpo") and not name.startswith(allowed)
    }


@pytest.mark.parametrize("module", FREE_OF_CKAN)
def test_thinking_needs_no_site(module: str):
    foreign = [
        name
        for name in imports(GPO / module)
        if name.split(".")[0] in ("ckan", "flask")
        or (name.startswith("ckanext.") and not name.startswith("ckanext.gpo."))
    ]
    assert not foreign


@pytest.mark.parametrize("path", CODE, ids=lambda path: str(path.relative_to(ROOT)))
def test_modules_are_short_and_named(path: Path):
    lines = len(path.read_text("utf-8").splitlines())

    assert lines <= (80 if path.name == "plugin.py" else 380)
    assert path.stem not in ("utils", "util", "misc", "stuff", "common")


def test_every_room_says_what_it_is():
    for room in ROOMS:
        tree = ast.parse((GPO / room / "__init__.py").read_text("utf-8"))
        assert len(ast.get_docstring(tree) or "") > 80, room


def test_ckanext_is_a_namespace():
    assert not (GPO.parent / "__init__.py").exists()


@pytest.mark.usefixtures("with_plugins")
def test_every_action_of_ours_has_its_auth_function():
    get_action("status_show")  # fills CKAN's cache of actions
    from ckan.logic import _actions

    ours = [name for name in _actions if name.startswith("gpo_")]

    assert ours
    assert not set(ours) - set(authz.auth_functions_list())
    rooms = tuple(f"gpo_{room}_" for room in (*ROOMS, "common"))
    assert not [name for name in ours if not name.startswith(rooms)]
