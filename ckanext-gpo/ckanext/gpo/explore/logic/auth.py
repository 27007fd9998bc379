"""Who may read dossiers."""

from __future__ import annotations

import ckan.plugins.toolkit as tk
from ckan.types import AuthResult, Context, DataDict

from ckanext.gpo.common.authorization import allow


@tk.auth_allow_anonymous_access
def gpo_explore_project_show(context: Context, data_dict: DataDict) -> AuthResult:
    """Everybody: it tells what is public."""
    return allow()


@tk.auth_allow_anonymous_access
def gpo_explore_enterprise_show(context: Context, data_dict: DataDict) -> AuthResult:
    """Everybody: it tells what is public."""
    return allow()


@tk.auth_allow_anonymous_access
def gpo_explore_dossier_list(context: Context, data_dict: DataDict) -> AuthResult:
    """Everybody: it tells what is public."""
    return allow()
