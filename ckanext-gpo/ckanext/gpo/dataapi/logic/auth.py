"""Who may do what with the data API."""

from __future__ import annotations

import ckan.plugins.toolkit as tk
from ckan.types import AuthResult, Context, DataDict

from ckanext.gpo.common.authorization import allow

__all__ = ["gpo_dataapi_download_totals"]


@tk.auth_allow_anonymous_access
def gpo_dataapi_download_totals(context: Context, data_dict: DataDict) -> AuthResult:
    """Anyone: of datasets that they may not see the action tells nothing."""
    return allow()
