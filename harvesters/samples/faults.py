"""The tables that their departments exported with mistakes, and can correct."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

Rows = list[dict[str, Any]]


@dataclass(frozen=True)
class Correctable:
    """A table with a handful of mistakes among good rows.

    :param name: name of the table in its Data Package
    :param good: the rows as they should be
    :param spoil: makes the mistakes, in place
    :param path: where the department keeps it below the drop folder …
    :param content: … and how it writes the rows there
    """

    name: str
    good: Callable[[], Rows]
    spoil: Callable[[Rows], None]
    path: str
    content: Callable[[Rows], bytes]

    def faulty(self) -> Rows:
        """The rows as the department exported them first."""
        rows = self.good()
        self.spoil(rows)
        return rows

    def write(self, folder: Path, *, mended: bool) -> int:
        """Write the export, with the mistakes or corrected, and say its bytes."""
        content = self.content(self.good() if mended else self.faulty())
        target = folder / self.path
        target.parent.mkdir(parents=True, exist_ok=True)
        return target.write_bytes(content)
