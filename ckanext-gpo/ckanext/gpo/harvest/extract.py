"""What a harvester gets out of a source: rows, before any mapping, or a file as it is."""

from __future__ import annotations

from collections.abc import Generator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

Row = tuple[int, Sequence[Any]]
"""Number of the row where it comes from (0 where rows have none), and its cells."""


@dataclass
class Extract:
    """The rows of one table, still with the source's columns and values.

    :param columns: source columns in the order of the cells, all declared ones among them
    :param rows: a generator: it is closed when the reading ends, however it ends
    :param label: where the rows come from, for people: `file.xlsx · sheet`
    :param facts: what is to be recorded with the harvest object, e.g. the encoding;
        may be filled while the rows are read
    """

    columns: Sequence[str]
    rows: Generator[Row, None, None]
    label: str
    facts: dict[str, Any] = field(default_factory=dict[str, Any])


@dataclass(frozen=True)
class SourceFile:
    """A file as an office left it: the gate reads it, and nobody before.

    :param label: where it comes from, for people
    :param declaration: what the source says of it, see `Declaration.from_descriptor`
    """

    path: Path
    label: str
    declaration: Mapping[str, Any]
