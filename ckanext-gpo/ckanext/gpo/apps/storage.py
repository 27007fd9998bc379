"""Where pictures and packages of apps lie: CKAN's file storage `gpo_apps`.

`<app id>/<picture id>.webp` and `<app id>/<sha256>.package`: told by their bytes, so the
working copy and the public one share what they have in common.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import IO, Any

from ckan.lib import files

STORAGE = "gpo_apps"


def picture(app: str, picture_id: str) -> str:
    return f"{app}/{picture_id}.webp"


def package(app: str, sha256: str) -> str:
    return f"{app}/{sha256}.package"


def save(location: str, stream: IO[bytes]) -> None:
    """Keep a stream; what lies there already has the same bytes."""
    if not _exists(location):
        storage = files.get_storage(STORAGE)
        storage.upload(files.Location(location), files.make_upload(stream))


def stream(location: str) -> Iterable[bytes]:
    """A kept file, piece by piece.

    :raises FilesError: there is no such file
    """
    return files.get_storage(STORAGE).stream(files.FileData(files.Location(location)))


def remove(location: str) -> None:
    """Remove what lies there, if anything does."""
    if _exists(location):
        place = files.FileData(files.Location(location))
        files.get_storage(STORAGE).remove(place)


def locations(app: str, content: dict[str, Any] | None) -> set[str]:
    """All that a copy of a registration refers to."""
    fields = content or {}
    pictures = {picture(app, entry["id"]) for entry in fields.get("pictures", [])}
    offered = fields.get("package")
    return pictures | ({package(app, offered["sha256"])} if offered else set())


def _exists(location: str) -> bool:
    place = files.FileData(files.Location(location))
    return files.get_storage(STORAGE).exists(place)
