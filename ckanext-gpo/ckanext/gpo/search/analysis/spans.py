"""Stretches of a text."""

from __future__ import annotations

from collections.abc import Iterable

Span = tuple[int, int]
"""The place of the first character, and that behind the last one."""


def merge_spans(spans: Iterable[Span]) -> list[Span]:
    """Spans in order; those that overlap or touch are one, and none is empty."""
    merged: list[Span] = []
    for start, end in sorted(spans):
        if merged and start <= merged[-1][1]:
            merged[-1] = (merged[-1][0], max(merged[-1][1], end))
        elif start < end:
            merged.append((start, end))
    return merged
