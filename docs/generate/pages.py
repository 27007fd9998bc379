"""Every generated page, with what makes its text."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path

from docs.generate import contracts, picture, tree
from docs.generate.markdown import between_markers
from docs.generate.reference import actions, commands, errors, options, plugins

PICTURE = "rooms"
"""The marker of the picture: what stands after it is replaced."""

_DOCS = tree.ROOT / "docs"


def _with_picture(path: Path) -> str:
    return between_markers(path.read_text("utf-8"), PICTURE, picture.mermaid())


PAGES: dict[Path, Callable[[], str]] = {
    _DOCS / "contracts.md": contracts.page,
    **{
        _DOCS / "reference" / f"{module.__name__.rpartition('.')[2]}.md": module.page
        for module in (actions, commands, errors, options, plugins)
    },
    **{
        path: partial(_with_picture, path)
        for path in (
            _DOCS / "architecture.md",
            tree.ROOT / "README.md",
            tree.ROOT / "README.zh-CN.md",
        )
    },
}
"""Path → what makes its text; a page with a picture keeps all but the picture."""
