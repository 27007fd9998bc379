"""What is read of the Parquet files of versions: records as they were, profiles of fields."""

from __future__ import annotations

import tempfile
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import duckdb

from ckan.lib import files
from ckan.lib.files.default import FsStorage

from ckanext.gpo.common.duck import connect, identifier, literal

from .query import Value, plain


def record(file: Mapping[str, Any], key: Mapping[str, Value]) -> dict[str, Any] | None:
    """The record of a key in a version's file; None if the version does not have it.

    :param file: where it lies, as `gpo_quality_file_show` tells
    """
    with tempfile.TemporaryDirectory(prefix="gpo-record-") as name:
        folder = Path(name)
        path = bring(file, folder)
        conditions = " AND ".join(
            f"{identifier(field)} = ${place}"
            for place, field in enumerate(key, start=1)
        )
        with connect(folder, path.parent) as connection:
            try:
                answer = connection.execute(
                    f"SELECT * FROM {literal(str(path))} WHERE {conditions} LIMIT 1",  # noqa: S608 - quoted
                    list(key.values()),
                )
            except (duckdb.BinderException, duckdb.ConversionException):
                return None  # the key was another one then
            row = answer.fetchone()
            columns = [column[0] for column in answer.description or ()]
    return dict(zip(columns, map(plain, row), strict=True)) if row else None


def local_path(file: Mapping[str, Any]) -> tuple[Path, Path] | None:
    """A kept file and the folder below which all of them lie; None if that is elsewhere.

    :param file: where it lies, as `gpo_quality_file_show` tells
    """
    storage = files.get_storage(file["storage"])
    if not isinstance(storage, FsStorage):
        return None
    path = Path(storage.full_path(files.Location(file["location"])))
    depth = len(Path(file["location"]).parts)
    return path, path.parents[depth - 1]


def bring(file: Mapping[str, Any], folder: Path) -> Path:
    """A kept file where it lies, or copied into the folder if that is on another machine.

    :param file: where it lies, as `gpo_quality_file_show` tells
    """
    storage = files.get_storage(file["storage"])
    location = files.Location(file["location"])
    if isinstance(storage, FsStorage):
        return Path(storage.full_path(location))
    path = folder / "version.parquet"
    with path.open("wb") as target:
        for piece in storage.stream(files.FileData(location)):
            target.write(piece)
    return path
