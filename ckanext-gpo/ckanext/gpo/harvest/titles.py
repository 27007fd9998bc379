"""What sources are called."""

from __future__ import annotations

from .config import sources
from .failures import HarvestError


def source_title(name: str, english: bool) -> str | None:
    """Title of a source; None if no source has the name."""
    try:
        source = sources().get(name)
    except HarvestError:
        return None
    return (source.title_en if english else "") or source.title
