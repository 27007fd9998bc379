"""Who may read the ledger, notices and mails.

An account's notices are its own: the actions look for no others, whoever calls them.
"""

from __future__ import annotations

from ckan.types import AuthResult, Context, DataDict

from ckanext.gpo.common.authorization import allow, refuse


def gpo_common_event_list(context: Context, data_dict: DataDict) -> AuthResult:
    """Sysadmins only, who pass before this is asked."""
    return refuse()


def gpo_common_mail_list(context: Context, data_dict: DataDict) -> AuthResult:
    """Sysadmins only, who pass before this is asked."""
    return refuse()


def gpo_common_mail_retry(context: Context, data_dict: DataDict) -> AuthResult:
    """Sysadmins only, who pass before this is asked."""
    return refuse()


def gpo_common_notice_list(context: Context, data_dict: DataDict) -> AuthResult:
    """Whoever is logged in."""
    return allow()


def gpo_common_notice_read(context: Context, data_dict: DataDict) -> AuthResult:
    """Whoever is logged in."""
    return allow()


def gpo_common_notice_preference_show(
    context: Context, data_dict: DataDict
) -> AuthResult:
    """Whoever is logged in."""
    return allow()


def gpo_common_notice_preference_update(
    context: Context, data_dict: DataDict
) -> AuthResult:
    """Whoever is logged in."""
    return allow()
