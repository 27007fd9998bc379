"""Who may search: everybody, each for what they may see."""

from __future__ import annotations

from typing import Any

import ckan.plugins.toolkit as tk
from ckan.types import AuthResult, Context

__all__ = ["gpo_search_find"]


@tk.auth_allow_anonymous_access
def gpo_search_find(
    context: Context, data_dict: dict[str, Any] | None = None
) -> AuthResult:
    """Anyone; `package_search` shows each reader what is theirs to see."""
    return {"success": True}
