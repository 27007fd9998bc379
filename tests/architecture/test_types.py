"""Modules free of CKAN are checked by pyright's strict rules, which know no exceptions."""

from __future__ import annotations

import json
from pathlib import Path

from docs.generate import tree

STRICT = tree.ROOT / "typings" / "strict.json"
UNTYPED = {"alembic", "ckan", "flask", "flask_login", "sqlalchemy"}
"""Whose values pyright's strict rules do not know."""

OPEN = {
    *("bin/launcher/filling.py", "bin/launcher/readiness.py"),
    *("bin/launcher/redis_server.py", "bin/launcher/supervisor.py"),
    *("harvest/sources.py", "harvesters/samples/files.py"),
    *("quality/engine/cells.py", "quality/publication/workbook.py"),
    *("search/analysis/folding.py", "search/highlight/highlighter.py"),
    *("search/index/combining.py", "search/index/documents.py"),
    *("search/query/facets.py", "search/query/lucene.py", "search/query/terms.py"),
    *("search/scoring/boosting.py", "search/scoring/function_text.py"),
    *("search/scoring/functions.py", "search/scoring/ordering.py"),
    "search/suggest/suggester.py",
}
"""What does not pass them yet: most use a library without types, as the search engine."""


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

    expected = {path for path in _free() if tree.short_name(path) not in OPEN}

    assert {path.as_posix() for path in expected ^ strict} == set()
    assert listed == sorted(listed)


def test_what_is_open_is_there_and_free():
    assert {tree.short_name(path) for path in _free()} >= OPEN
