"""Where the files of a dataset are downloaded: written into its record, served by the API."""

from __future__ import annotations

from typing import Final

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
