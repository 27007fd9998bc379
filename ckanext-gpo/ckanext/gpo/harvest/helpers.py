"""What templates of other rooms need of the harvest."""

from __future__ import annotations

from .config import sources
from .failures import HarvestError


def gpo_harvest_source_title(name: str, english: bool) -> str:
    """Title of a source; a name that no source has stays as it is."""
    try:
        source = sources().get(name)
    except HarvestError:
        return name
    return (source.title_en if english else "") or source.title
