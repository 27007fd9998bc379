"""The formats that a published table can be downloaded in."""

from __future__ import annotations

from typing import Final

MEDIA_TYPES: Final = {
    "csv": "text/csv",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "json": "application/json",
    "parquet": "application/vnd.apache.parquet",
    "zip": "application/zip",
}
"""Format → media type as IANA registers it; the format is the ending of the file too."""

_TEXTS = ("csv", "json")
_SPELLED = {"parquet": "Parquet"}


def content_type(name: str) -> str:
    """What a server says of a file: the media type, for a text with its encoding."""
    return MEDIA_TYPES[name] + ("; charset=utf-8" if name in _TEXTS else "")


def label(name: str) -> str:
    """What people call it: CSV, Parquet."""
    return _SPELLED.get(name, name.upper())


def file_name(dataset: str, name: str) -> str:
    """The name of a dataset's file in a format."""
    return f"{dataset}.{name}"
