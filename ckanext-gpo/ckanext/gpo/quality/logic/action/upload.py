"""What a form sends as a file: its name and its size."""

from __future__ import annotations

import re
from typing import IO, Any

import ckan.plugins.toolkit as tk

from ckanext.gpo.common import characters

LONGEST_FILE_NAME = 255
"""Characters; file systems take no more."""


def file_name(upload: Any) -> str:
    """The name that an uploaded file had where it came from; empty if none is known."""
    path = getattr(upload, "filename", None) or ""
    name = re.split(r"[/\\]", path)[-1].strip()
    return characters.strip(name)[:LONGEST_FILE_NAME]


def check_size(stream: IO[bytes], limit: int) -> None:
    """Hold a file to a size; it is at its beginning afterwards.

    :param limit: MiB
    :raises ValidationError: it is larger
    """
    stream.seek(0, 2)
    if stream.tell() > limit << 20:
        message = tk._("The file is larger than {limit} MiB").format(limit=limit)
        raise tk.ValidationError({"upload": [message]})
    stream.seek(0)
