"""Where the header of an office's table is, and which column is which.

Offices put titles above the header and merge its cells. The declared columns are the
measure: the header is the row, or the pair of rows, that holds most of them.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from ckanext.gpo.harvest.failures import HarvestError

from .file_failures import FileError

DEPTH = 30
"""The header is within so many rows."""


def squeeze(cell: Any) -> str:
    """A label as it is compared: half-width, without spaces and line breaks."""
    text = "" if cell is None else str(cell)
    return "".join(unicodedata.normalize("NFKC", text).replace("\ufeff", "").split())


@dataclass(frozen=True)
class Header:
    """The header of a table.

    :param end: index of the first row after it
    :param paths: per column its label; with two levels `upper/lower`
    :param leaves: per column its lowest label
    """

    end: int
    paths: tuple[str, ...]
    leaves: tuple[str, ...]

    def columns(self, name: str) -> list[int]:
        """The columns that a declared column may mean."""
        label = squeeze(name)
        if not label:
            # NBS tables leave the label of their first column blank.
            return [i for i, path in enumerate(self.paths) if not path][:1]
        exact = [i for i, path in enumerate(self.paths) if path == label]
        return exact or [i for i, leaf in enumerate(self.leaves) if leaf == label]

    def count(self, names: Sequence[str]) -> int:
        return sum(bool(squeeze(name) and self.columns(name)) for name in names)

    def positions(self, names: Sequence[str], file: str) -> list[int]:
        """The position of each declared column.

        :raises HarvestError: `source-column-missing` or `source-column-ambiguous`
        """
        columns = {name: self.columns(name) for name in names}
        missing = [name for name, places in columns.items() if not places]
        if missing:
            raise HarvestError(
                "source-column-missing",
                place=file,
                columns=_list(name or '""' for name in missing),
                found=_list(path for path in self.paths if path),
            )
        twice = [name for name, places in columns.items() if len(places) > 1]
        if twice:
            raise FileError("source-column-ambiguous", place=file, columns=_list(twice))
        return [columns[name][0] for name in names]


def find(rows: Sequence[Sequence[Any]], labels: Sequence[str], file: str) -> Header:
    """The header among the first rows of a table.

    :param labels: the declared columns
    :raises HarvestError: `source-header-missing`, less than half of them are in any row
    """
    candidates = [_one(rows, i) for i in range(len(rows))]
    candidates += [_two(rows, i) for i in range(len(rows) - 1)]
    best = max(candidates, key=lambda header: header.count(labels), default=None)
    named = [name for name in labels if squeeze(name)]
    if best is None or best.count(labels) * 2 < max(len(named), 1):
        raise FileError("source-header-missing", file=file, columns=_list(named))
    return best


def _one(rows: Sequence[Sequence[Any]], index: int) -> Header:
    labels = tuple(squeeze(cell) for cell in rows[index])
    return Header(index + 1, labels, labels)


def _two(rows: Sequence[Sequence[Any]], index: int) -> Header:
    """Upper labels count to the right as long as there are lower ones without their own.

    That is what a merged cell looks like, in XLSX and in a CSV made from it.
    """
    upper = [squeeze(cell) for cell in rows[index]]
    lower = [squeeze(cell) for cell in rows[index + 1]]
    width = max(len(upper), len(lower))
    upper += [""] * (width - len(upper))
    lower += [""] * (width - len(lower))
    paths: list[str] = []
    leaves: list[str] = []
    group = ""
    for top, bottom in zip(upper, lower, strict=True):
        group = top or (group if bottom else "")
        paths.append("/".join(part for part in (group, bottom) if part))
        leaves.append(bottom or top)
    return Header(index + 2, tuple(paths), tuple(leaves))


def _list(names: Any) -> str:
    return "、".join(names)
