"""Counts one use, for whoever serves it."""

from __future__ import annotations

from ckanext.gpo.common import clock

from . import buffer
from .key import current_key
from .use import Kind, Use


def count_view(dataset: str) -> None:
    """Somebody has opened the page of a dataset.

    :param dataset: its name, or its id
    """
    _count(Kind.VIEW, dataset)


def count_download(dataset: str, format: str) -> None:
    """Somebody has downloaded a file, or rows that they chose, of a dataset.

    :param dataset: its name, or its id
    :param format: as `csv`
    """
    _count(Kind.DOWNLOAD, dataset, format)


def count_call(dataset: str = "") -> None:
    """A program has called the API.

    :param dataset: what it asked about, by name or id, or by the id of its table; empty for
        calls about none or several
    """
    _count(Kind.CALL, dataset)


def _count(kind: Kind, dataset: str, format_: str = "") -> None:
    buffer.add(Use(clock.today(), kind, dataset, format_, current_key()))
