"""The gate: from a department's file to what the public has of it."""

from __future__ import annotations

from collections.abc import Iterator

from bench import gate_check, gate_pipeline
from bench.figure import Figure

PARTS = (gate_check, gate_pipeline)


def figures() -> Iterator[Figure]:
    for part in PARTS:
        yield from part.figures()
