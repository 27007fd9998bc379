"""Where the cards of a version lie: beside its candidate, as `<version id>/errors/…`.

An index, and pieces of gzipped JSON lines, which DuckDB reads all at once:
`read_json('<version id>/errors/*.jsonl.gz')`.
"""

from __future__ import annotations

import gzip
import json
from collections.abc import Sequence
from functools import lru_cache
from pathlib import Path
from typing import Any

from ckanext.gpo.quality.faults import (
    FOLDER,
    INDEX,
    SIZES,
    Cards,
    Index,
    example_cards,
    piece_name,
)
from ckanext.gpo.quality.model import Version
from ckanext.gpo.quality.publication import storage


def save_cards(version_id: str, report: dict[str, Any], folder: Path) -> None:
    """Keep what `gather` has left in a folder; what an earlier check has kept is replaced."""
    pieces = report[SIZES]["pieces"]
    if not pieces:
        return
    for name in (INDEX, *map(piece_name, range(pieces))):
        with (folder / FOLDER / name).open("rb") as stream:
            storage.save(storage.error_file(version_id, name), stream)


def open_cards(version: Version, fields: Sequence[str]) -> Cards:
    """The cards of a checked version.

    :param fields: names of its columns, for reports that have kept examples only
    """
    report = version.report or {"errors": []}
    if not report.get(SIZES, {}).get("pieces"):
        return example_cards(report, fields)
    index = Index.from_dict(
        json.loads(storage.read(storage.error_file(version.id, INDEX)))
    )

    @lru_cache(maxsize=2)
    def load(number: int) -> list[str]:
        packed = storage.read(storage.error_file(version.id, piece_name(number)))
        return gzip.decompress(packed).decode("utf-8").split("\n")[:-1]

    return Cards(index, load)
