"""Figures of the National Bureau of Statistics, see data/SOURCES.md."""

from __future__ import annotations

import csv

from .files import csv_bytes
from .primitives import data_text


def nbs_csv(table: str, encoding: str) -> bytes:
    """The yearly figures of a table, as an office exports them.

    As in the tables of the bureau, the column of years has no label.
    """
    rows = csv.reader(data_text(f"nbs_{table}.csv").splitlines())
    return csv_bytes(rows, encoding)
