"""What the pages of the search show, made of what its actions answer."""

from __future__ import annotations

import ckan.plugins as p


def can_be_drawn() -> bool:
    """Whether the platform is there; the engine serves a plain CKAN too."""
    return p.plugin_loaded("gpo_common")
