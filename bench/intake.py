"""The reader: from an office's file to what the gate says of it."""

from __future__ import annotations

from collections.abc import Iterator

from bench import intake_workbooks
from bench.figure import Figure

PARTS = (intake_workbooks,)


def figures() -> Iterator[Figure]:
    for part in PARTS:
        yield from part.figures()
