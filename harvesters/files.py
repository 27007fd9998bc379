"""Files that an office drops into a folder: the newest goes to the gate as it is."""

from __future__ import annotations

import os
from pathlib import Path, PurePosixPath
from typing import Any

import ckan.plugins as p

from ckanext.gpo.harvest import config
from ckanext.gpo.harvest.base import GpoHarvester
from ckanext.gpo.harvest.extract import SourceFile
from ckanext.gpo.harvest.failures import HarvestError, Translate
from ckanext.gpo.harvest.kind import Kind
from ckanext.gpo.harvest.sources import Source, SourceTable
from ckanext.gpo.intake import Declaration, DeclarationError
from ckanext.gpo.intake.declaration import PROPERTIES
from ckanext.harvest.interfaces import IHarvester

from .file_failures import FileError

_SHARED = ("columns", "codes")
"""What tables of every kind of source may have."""

_TABLE = {
    "required": ["file"],
    "properties": {
        "file": {"type": "string", "minLength": 1},
        **{key: PROPERTIES[key] for key in PROPERTIES if key not in _SHARED},
    },
}


def _words(_: Translate) -> tuple[str, str]:
    return (
        _("Drop folder"),
        _("The newest table that an office left in its folder"),
    )


class FilesHarvester(GpoHarvester, p.SingletonPlugin):
    """The newest file that matches a pattern, inside the connection's folder."""

    p.implements(IHarvester)

    kind = Kind(
        name="files",
        words=_words,
        address="/srv/gpo/drop",
        table=_TABLE,
        error=FileError,
    )

    def extract(self, source: Source, table: SourceTable) -> SourceFile:
        folder = _folder(source.connection)
        path = newest(folder, table.options["file"], source.connection)
        name = path.relative_to(folder).as_posix()
        limit = config.max_file_size()
        try:
            size = path.stat().st_size
            path.open("rb").close()
        except OSError as err:
            raise FileError(
                "source-file-unreadable", file=name, reason=os.strerror(err.errno or 0)
            ) from err
        if size > limit:
            raise FileError(
                "source-file-too-large",
                file=name,
                limit=limit // config.MIB,
                option="ckanext.gpo.harvest.max_file_size",
            )
        return SourceFile(path, name, _declaration(source, table))


def _declaration(source: Source, table: SourceTable) -> dict[str, Any]:
    """What the YAML says of the table's files.

    :raises HarvestError: `source-invalid`, a step is allowed that needs no consent
    """
    declared = {key: value for key, value in table.options.items() if key != "file"}
    codes = {field: dict(codes) for field, codes in table.codes.items()}
    declared |= {"columns": dict(table.columns), "codes": codes}
    try:
        Declaration.from_descriptor(declared)
    except DeclarationError as err:
        raise HarvestError(
            "source-invalid", source=source.name, place=table.ref, reason=str(err)
        ) from err
    return declared


def _folder(connection: str) -> Path:
    folder = Path(config.connection(connection))
    if not folder.is_absolute():
        raise HarvestError(
            "source-connection-missing",
            connection=connection,
            option=config.connection_option(connection),
            reason="no-absolute-folder",
        )
    if not folder.is_dir():
        raise HarvestError(
            "source-unreachable",
            connection=connection,
            reason="no-folder",
        )
    return folder.resolve()


def newest(folder: Path, pattern: str, connection: str) -> Path:
    """The newest file that matches; of equally new ones the last by name.

    :param folder: resolved; what is found lies inside it, links included
    :raises HarvestError: `source-file-missing` or `source-file-unreadable`
    """
    if PurePosixPath(pattern).is_absolute() or ".." in PurePosixPath(pattern).parts:
        raise FileError("source-file-unreadable", file=pattern, reason="leads-out")
    candidates = [
        path
        for path in folder.glob(pattern)
        if path.is_file() and not path.name.startswith((".", "~$"))
    ]
    if not candidates:
        raise FileError("source-file-missing", connection=connection, pattern=pattern)
    path = max(candidates, key=lambda path: (path.stat().st_mtime_ns, path.name))
    if not path.resolve().is_relative_to(folder):
        raise FileError(
            "source-file-unreadable",
            file=path.name,
            reason="leads-out",
        )
    return path
