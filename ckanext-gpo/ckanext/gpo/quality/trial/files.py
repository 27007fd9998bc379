"""The files of trials between the web process and the worker: CKAN's storage `gpo_trials`."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import IO

from ckan.lib import files

STORAGE = "gpo_trials"


def save(id_: str, stream: IO[bytes]) -> None:
    """Leave a file for the worker."""
    files.get_storage(STORAGE).upload(files.Location(id_), files.make_upload(stream))


def take(id_: str, folder: Path) -> Path:
    """Move a file out of the storage into a folder; returns where it lies there.

    :raises FilesError: there is no such file
    """
    storage = files.get_storage(STORAGE)
    data = files.FileData(files.Location(id_))
    path = folder / "received"
    with path.open("wb") as target:
        for piece in storage.stream(data):
            target.write(piece)
    storage.remove(data)
    return path


def remove(id_: str) -> None:
    """Remove a file, if it is still there."""
    storage = files.get_storage(STORAGE)
    data = files.FileData(files.Location(id_))
    if storage.exists(data):
        storage.remove(data)


def ids() -> Iterator[str]:
    """The trials whose files still lie there."""
    return iter(files.get_storage(STORAGE).scan())
