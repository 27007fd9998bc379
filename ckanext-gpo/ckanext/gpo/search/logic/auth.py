"""Who may ask for help with a search."""

from __future__ import annotations

import ckan.plugins.toolkit as tk
from ckan.types import AuthResult, Context, DataDict

from ckanext.gpo.common.authorization import allow, allow_editors


@tk.auth_allow_anonymous_access
def gpo_search_suggest(context: Context, data_dict: DataDict) -> AuthResult:
    """Anyone: only what is public is suggested."""
    return allow()


@tk.auth_allow_anonymous_access
def gpo_search_alternatives(context: Context, data_dict: DataDict) -> AuthResult:
    """Anyone: only words of what is public are told."""
    return allow()


@tk.auth_allow_anonymous_access
def gpo_search_names(context: Context, data_dict: DataDict) -> AuthResult:
    """Anyone: departments, domains and the tags of public datasets."""
    return allow()


@tk.auth_allow_anonymous_access
def gpo_search_find(context: Context, data_dict: DataDict) -> AuthResult:
    """Anyone; `package_search` shows each reader what is theirs to see."""
    return allow()


@tk.auth_allow_anonymous_access
def gpo_search_record_find(context: Context, data_dict: DataDict) -> AuthResult:
    """Anyone; each reader finds the records of the datasets that are theirs to see."""
    return allow()


def gpo_search_zero_result_query_list(
    context: Context, data_dict: DataDict
) -> AuthResult:
    """Stewards: whoever edits the datasets of any department."""
    return allow_editors(
        context, tk._("Only who looks after datasets sees what was not found")
    )
