"""Pieces of Markdown: tables, code, and text between markers of a page."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence


def code(text: str) -> str:
    return f"`{text}`"


def table(head: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """A table; bars and line breaks in cells are written so that they stay in them."""
    lines = [head, ["---"] * len(head), *rows]
    return "".join(f"| {' | '.join(map(_cell, line))} |\n" for line in lines)


def between_markers(page: str, marker: str, text: str) -> str:
    """A page with the text between `<!-- marker -->` and `<!-- /marker -->` replaced.

    :raises ValueError: the page does not have the markers, or more than once
    """
    start, end = f"<!-- {marker} -->", f"<!-- /{marker} -->"
    replaced, times = re.subn(
        f"{re.escape(start)}.*?{re.escape(end)}",
        lambda _: f"{start}\n{text}{end}",
        page,
        flags=re.DOTALL,
    )
    if times != 1:
        raise ValueError(f"the page has the markers {start} {times} times")
    return replaced


def _cell(text: str) -> str:
    # What stands in backticks is shown as it is; elsewhere `<` would begin an element.
    parts = text.replace("|", "\\|").replace("\n", " ").strip().split("`")
    parts[::2] = [part.replace("<", "&lt;") for part in parts[::2]]
    return "`".join(parts)


def first_paragraph(text: str) -> str:
    """The first paragraph of a docstring, in one line."""
    return " ".join(text.strip().split("\n\n")[0].split())
