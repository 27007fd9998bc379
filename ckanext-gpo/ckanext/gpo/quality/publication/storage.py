"""Where the files of versions lie: CKAN's file storage `gpo_versions`.

`<version id>/candidate` is what came in; `<version id>/errors/` what is wrong with it, see
`faults`; `<version id>/<dataset>.<format>` what is downloaded, and beside the Parquet file
the texts in which words are looked for. Every version has its own folder, so old versions
stay readable.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from pathlib import Path, PurePosixPath
from typing import IO, Any

from ckan.lib import files

from ckanext.gpo.common import row_texts
from ckanext.gpo.quality.faults import FOLDER, INDEX, SIZES, piece_name

STORAGE = "gpo_versions"

ERROR_LANGUAGES = ("zh", "en")
"""Of the workbooks of errors."""


def save(location: str, stream: IO[bytes]) -> None:
    """Keep a stream under a location of the storage.

    What lies there already is the half of a publication that was cut off: it goes.
    """
    remove(location)
    storage = files.get_storage(STORAGE)
    storage.upload(files.Location(location), files.make_upload(stream))


def fetch(location: str, folder: Path) -> Path:
    """Copy a kept file into a folder, piece by piece; returns where it lies there.

    :raises FilesError: there is no such file
    """
    path = folder / location.replace("/", "-")
    with path.open("wb") as target:
        for piece in stream(location):
            target.write(piece)
    return path


def stream(location: str) -> Iterable[bytes]:
    """A kept file, piece by piece.

    :raises FilesError: there is no such file
    """
    data = files.FileData(files.Location(location))
    return files.get_storage(STORAGE).stream(data)


def read(location: str) -> bytes:
    """A small kept file, whole.

    :raises FilesError: there is no such file
    """
    data = files.FileData(files.Location(location))
    return files.get_storage(STORAGE).content(data)


def exists(location: str) -> bool:
    """Whether anything lies there."""
    place = files.FileData(files.Location(location))
    return files.get_storage(STORAGE).exists(place)


def remove(location: str) -> None:
    """Remove what lies there, if anything does."""
    if exists(location):
        files.get_storage(STORAGE).remove(files.FileData(files.Location(location)))


def save_files(version_id: str, paths: dict[str, Path], hashes: dict[str, str]) -> Any:
    """Keep the download files of a version: format → `{location, size, sha256}`."""
    stored = {}
    for name, path in paths.items():
        location = f"{version_id}/{path.name}"
        with path.open("rb") as stream:
            save(location, stream)
        stored[name] = {
            "location": location,
            "size": path.stat().st_size,
            "sha256": hashes[name],
        }
    return stored


def save_texts(parquet: str, path: Path) -> None:
    """Keep the texts of a version beside its Parquet file, if there are any.

    :param parquet: where that is kept
    :param path: where it was built
    """
    texts = row_texts.texts_path(path)
    if texts.exists():
        with texts.open("rb") as stream:
            save(str(row_texts.texts_path(PurePosixPath(parquet))), stream)


def with_texts(location: str) -> list[str]:
    """Where a download file lies, and the texts that may lie beside it."""
    place = PurePosixPath(location)
    texts = [str(row_texts.texts_path(place))] if place.suffix == ".parquet" else []
    return [location, *texts]


def drop_texts(files: Mapping[str, Any] | None) -> None:
    """Remove the texts of a version that is public no more: they are not asked for.

    :param files: those of the version
    """
    if files and "parquet" in files:
        for texts in with_texts(files["parquet"]["location"])[1:]:
            remove(texts)


def candidate(version_id: str) -> str:
    return f"{version_id}/candidate"


def error_file(version_id: str, name: str) -> str:
    """Where a file of `faults` lies: its index, or a piece of its cards."""
    return f"{version_id}/{FOLDER}/{name}"


def error_workbook(version_id: str, language: str) -> str:
    return error_file(version_id, f"{language}.xlsx")


def error_files(version_id: str, report: dict[str, Any] | None) -> list[str]:
    """Where all lies that is kept of a version's errors, see `faults`."""
    pieces = (report or {}).get(SIZES, {}).get("pieces", 0)
    if not pieces:
        return []
    return [
        error_file(version_id, INDEX),
        *(error_file(version_id, piece_name(number)) for number in range(pieces)),
        *(error_workbook(version_id, language) for language in ERROR_LANGUAGES),
    ]
