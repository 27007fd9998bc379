"""Files that an office drops into a folder."""

from __future__ import annotations

import os
from pathlib import Path, PurePosixPath

import ckan.plugins as p

from ckanext.gpo.harvest import config
from ckanext.gpo.harvest.base import GpoHarvester
from ckanext.gpo.harvest.extract import Extract
from ckanext.gpo.harvest.failures import HarvestError, Translate
from ckanext.gpo.harvest.kind import Kind
from ckanext.gpo.harvest.sources import Source, SourceTable
from ckanext.harvest.interfaces import IHarvester

from . import tabular
from .file_failures import FileError

_TABLE = {
    "required": ["file"],
    "properties": {
        "file": {"type": "string", "pattern": r"\.(csv|xlsx)$"},
        "sheet": {"type": "string", "minLength": 1},
    },
}


def _words(_: Translate) -> tuple[str, str]:
    return (
        _("Drop folder"),
        _("The newest CSV or XLSX that an office left in its folder"),
    )


class FilesHarvester(GpoHarvester, p.SingletonPlugin):
    """The newest CSV or XLSX that matches a pattern, inside the connection's folder."""

    p.implements(IHarvester)

    kind = Kind(
        name="files",
        words=_words,
        address="/srv/gpo/drop",
        table=_TABLE,
        error=FileError,
    )

    def extract(self, source: Source, table: SourceTable) -> Extract:
        folder = _folder(source.connection)
        path = newest(folder, table.options["file"], source.connection)
        name = path.relative_to(folder).as_posix()
        limit = config.max_file_size()
        try:
            if path.stat().st_size > limit:
                raise FileError(
                    "source-file-too-large",
                    file=name,
                    limit=limit // config.MIB,
                    option="ckanext.gpo.harvest.max_file_size",
                )
            return tabular.read(
                path,
                name,
                list(dict.fromkeys(table.columns.values())),
                table.options.get("sheet"),
                config.max_unpacked_size(),
            )
        except OSError as err:
            raise FileError(
                "source-file-unreadable", file=name, reason=os.strerror(err.errno or 0)
            ) from err


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
