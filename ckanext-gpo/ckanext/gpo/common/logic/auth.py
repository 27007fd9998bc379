"""Who may read the ledger."""

from __future__ import annotations

from ckan.types import AuthResult, Context, DataDict


def gpo_common_event_list(context: Context, data_dict: DataDict) -> AuthResult:
    """Sysadmins only, who pass before this is asked."""
    return {"success": False}
