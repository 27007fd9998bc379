"""Who may do what with the data API."""

from __future__ import annotations

from typing import Any

import ckan.plugins.toolkit as tk
from ckan.types import AuthResult, Context

__all__ = ["gpo_dataapi_download_totals"]


@tk.auth_allow_anonymous_access
def gpo_dataapi_download_totals(
    context: Context, data_dict: dict[str, Any] | None = None
) -> AuthResult:
    """Anyone: of datasets that they may not see the action tells nothing."""
    return {"success": True}
