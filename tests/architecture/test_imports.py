"""Who may import whom: rooms do not know each other, and thinking does not know CKAN."""

from __future__ import annotations

import pytest

from docs.generate import tree

ROOMS = tuple(f"ckanext.gpo.{room}" for room in tree.ROOMS)


def _imports(part: str) -> set[tuple[str, str]]:
    """Every import of a part: its file, the full name."""
    return {
        (path.relative_to(tree.ROOT).as_posix(), name)
        for path in tree.modules(part)
        for name in tree.imports(path)
    }


@pytest.mark.parametrize("room", tree.ROOMS)
def test_a_room_imports_no_other_room(room: str):
    others = tuple(f"{other}." for other in ROOMS if not other.endswith(f".{room}"))

    guilty = {
        (file, name)
        for file, name in _imports(room)
        if f"{name}.".startswith(others) or name.startswith("gpo_harvesters")
    }

    assert not guilty


def test_common_imports_no_room():
    assert not {each for each in _imports("common") if each[1].startswith(ROOMS)}


def test_harvesters_know_only_harvest_common_and_intake():
    allowed = ("ckanext.gpo.harvest", "ckanext.gpo.common", "ckanext.gpo.intake")

    assert not {
        (file, name)
        for file, name in _imports("harvesters")
        if name.startswith("ckanext.gpo") and not name.startswith(allowed)
    }


def test_ckanext_is_a_namespace():
    assert not (tree.GPO.parent / "__init__.py").exists()
