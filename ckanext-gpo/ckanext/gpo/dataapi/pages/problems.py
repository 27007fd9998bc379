"""The page that explains the codes of refused calls."""

from __future__ import annotations

import re
from typing import Any, Final

from ckanext.gpo.common.web import refusals

_PLACE: Final = re.compile(r"\{\w+\}")
"""What a sentence says of one case only."""


def content() -> dict[str, Any]:
    """The variables of `gpo_dataapi/errors.html`."""
    titles = {code: _PLACE.sub("…", text) for code, text in refusals.titles().items()}
    return {"codes": sorted(titles.items())}
