"""Where the files of a dataset are downloaded: written into its record, served by the API."""

from __future__ import annotations

from typing import Final
from urllib.parse import quote

from werkzeug.wrappers import Response

import ckan.plugins.toolkit as tk

from ckanext.gpo.common import formats

ROUTE: Final = "/dataset/<dataset>/download/<filename>"


def address(dataset: str, kind: str = "csv", version: int | None = None) -> str:
    """The full address of a dataset's file, the same in every language.

    :param kind: one of `formats.MEDIA_TYPES`
    :param version: number of an earlier version; None for what is public now
    """
    path = ROUTE.replace("<dataset>", dataset)
    path = path.replace("<filename>", formats.file_name(dataset, kind))
    whole: str = tk.h.url_for_static(path, qualified=True)
    return f"{whole}?version={version}" if version else whole


def attach(response: Response, title: str, name: str = "") -> None:
    """Say in an answer that it is a file to keep, and how it is called.

    :param title: the name for people, maybe Chinese
    :param name: the plain one for whoever reads no other (RFC 6266)
    """
    names = {"filename": name} if name else {}
    names["filename*"] = f"UTF-8''{quote(title, safe='')}"
    response.headers.set("Content-Disposition", "attachment", **names)
