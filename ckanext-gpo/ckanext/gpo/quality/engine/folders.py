"""Temporary folders of checks, which a killed worker leaves behind."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Generator
from contextlib import contextmanager
from pathlib import Path

_PREFIX = "gpo-gate-"
_UUID = 36


@contextmanager
def check_folder(version_id: str) -> Generator[Path]:
    """A folder for one check of a version; what an earlier one has left goes."""
    remove(version_id)
    prefix = f"{_PREFIX}{version_id}-"
    with tempfile.TemporaryDirectory(prefix=prefix, ignore_cleanup_errors=True) as name:
        yield Path(name)


def remove(version_id: str) -> None:
    """Remove what checks of a version have left; nobody else may be checking it."""
    for folder in Path(tempfile.gettempdir()).glob(f"{_PREFIX}{version_id}-*"):
        shutil.rmtree(folder, ignore_errors=True)


def leftovers() -> set[str]:
    """The ids of the versions that have folders here, of whatever site."""
    start = len(_PREFIX)
    return {
        path.name[start : start + _UUID]
        for path in Path(tempfile.gettempdir()).glob(f"{_PREFIX}*")
    }
