"""Every generated page, with what makes its text."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path

from docs.generate import contracts, picture, tree
from docs.generate.markdown import between_markers
from docs.generate.reference import actions, commands, errors, options, plugins

PICTURES = {"rooms": picture.rooms, "states": picture.states}
"""Marker → the picture that stands between it and its end."""

_DOCS = tree.ROOT / "docs"


def _with_pictures(path: Path, *markers: str) -> str:
    page = path.read_text("utf-8")
    for marker in markers:
        page = between_markers(page, marker, PICTURES[marker]())
    return page


PAGES: dict[Path, Callable[[], str]] = {
    _DOCS / "contracts.md": contracts.page,
    **{
        _DOCS / "reference" / f"{module.__name__.rpartition('.')[2]}.md": module.page
        for module in (actions, commands, errors, options, plugins)
    },
    _DOCS / "architecture.md": partial(
        _with_pictures, _DOCS / "architecture.md", "rooms", "states"
    ),
    **{
        tree.ROOT / name: partial(_with_pictures, tree.ROOT / name, "rooms")
        for name in ("README.md", "README.zh-CN.md")
    },
}
"""Path → what makes its text; of a page with pictures all else stays as it is."""
