"""Modules free of CKAN are checked by pyright's strict rules, which know no exceptions."""

from __future__ import annotations

import json
from pathlib import Path

from docs.generate import tree

STRICT = tree.ROOT / "typings" / "strict.json"
UNTYPED = {"alembic", "ckan", "flask", "flask_login", "sqlalchemy"}
"""Whose values pyright's strict rules do not know."""


def _is_free(path: Path) -> bool:
    return not any(
        name.split(".")[0] in UNTYPED
        or (name.startswith("ckanext.") and not name.startswith("ckanext.gpo."))
        for name in tree.imports(path)
    )


def _free() -> set[Path]:
    return {
        path
        for folder in (tree.GPO, tree.HARVESTERS, tree.ROOT / "bin" / "launcher")
        for path in folder.rglob("*.py")
        if not {"build", "migration"} & {*path.relative_to(folder).parts}
        and _is_free(path)
    }


def test_every_free_module_is_strict():
    listed = json.loads(STRICT.read_text("utf-8"))["strict"]
    strict = {(STRICT.parent / name).resolve() for name in listed}

    assert {path.as_posix() for path in _free() ^ strict} == set()
    assert listed == sorted(listed)
