"""The search index of the tests' site: emptied, kept and brought back as files are.

To delete what is in it takes a commit, some twenty times as long.
"""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import Any

import tantivy

from ckan.lib import search
from ckan.lib.search.common import make_connection

from ckanext.gpo.search.record_finder.reconciling import shelf


def empty() -> None:
    """Let an empty index serve; CKAN's own way where another engine is at work."""
    shutil.rmtree(shelf().folder, ignore_errors=True)
    index = _index()
    if index is None:
        search.clear_all()
        return
    with index.generations.writing():
        folder = index.generations.new()
        tantivy.Index(index.layout.schema, path=str(folder))
        _serve(index, folder)


def keep(target: Path) -> None:
    """Copy all that was ever asked to be in the index."""
    index = _index()
    index.commit()
    shutil.copytree(index.generations.serving(), target)


def bring_back(saved: Path) -> None:
    """Let a kept index serve."""
    index = _index()
    with index.generations.writing():
        folder = index.generations.new()
        shutil.copytree(saved, folder, dirs_exist_ok=True)
        # Its time tells a reader of this process that another index serves.
        (folder / "meta.json").touch()
        _serve(index, folder)


def _serve(index: Any, folder: Path) -> None:
    for file in index.pending.files():
        file.unlink()
    index.generations.serve(folder)
    index.generations.sweep()


def _index() -> Any:
    engine = getattr(make_connection(), "engine", None)
    return engine.index if engine else None
