"""Who may do what at the gate."""

from __future__ import annotations

import ckan.plugins.toolkit as tk
from ckan.types import AuthFunction, AuthResult, Context, DataDict

from ckanext.gpo.common.authorization import allow, allow_as, hide, refuse
from ckanext.gpo.common.types import Subject
from ckanext.gpo.quality.guard import scope


def gpo_quality_version_submit(context: Context, data_dict: DataDict) -> AuthResult:
    """Whoever may edit the dataset may hand in a candidate for it."""
    return allow_as("package_update", context, data_dict["dataset"])


def gpo_quality_version_correct(context: Context, data_dict: DataDict) -> AuthResult:
    """Whoever may hand in a candidate may correct one."""
    return allow_as("package_update", context, data_dict["dataset"])


@tk.auth_allow_anonymous_access
def gpo_quality_version_list(context: Context, data_dict: DataDict) -> AuthResult:
    """Whoever may see the dataset may see its published versions."""
    return allow_as("package_show", context, data_dict["dataset"])


@tk.auth_allow_anonymous_access
def gpo_quality_version_show(context: Context, data_dict: DataDict) -> AuthResult:
    """Published versions as the dataset; all others only for who may edit it."""
    rule = "package_show" if data_dict["was_published"] else "package_update"
    return _hide(allow_as(rule, context, data_dict["dataset"]))


@tk.auth_allow_anonymous_access
def gpo_quality_version_progress(context: Context, data_dict: DataDict) -> AuthResult:
    """As the version itself."""
    return gpo_quality_version_show(context, data_dict)


@tk.auth_allow_anonymous_access
def gpo_quality_version_errors(context: Context, data_dict: DataDict) -> AuthResult:
    """As the report."""
    return gpo_quality_version_show(context, data_dict)


@tk.auth_allow_anonymous_access
def gpo_quality_version_cards(context: Context, data_dict: DataDict) -> AuthResult:
    """As the report."""
    return gpo_quality_version_show(context, data_dict)


def gpo_quality_version_withdraw(context: Context, data_dict: DataDict) -> AuthResult:
    """Whoever may edit the dataset may take its published version back."""
    return allow_as("package_update", context, data_dict["dataset"])


def gpo_quality_version_restore(context: Context, data_dict: DataDict) -> AuthResult:
    """Whoever may edit the dataset may hand an old version in again."""
    return allow_as("package_update", context, data_dict["dataset"])


@tk.auth_allow_anonymous_access
def gpo_quality_version_diff(context: Context, data_dict: DataDict) -> AuthResult:
    """Of public history as the dataset; all else only for who may edit it."""
    rule = "package_show" if data_dict["public"] else "package_update"
    return _hide(allow_as(rule, context, data_dict["dataset"]))


@tk.auth_allow_anonymous_access
def gpo_quality_changes(context: Context, data_dict: DataDict) -> AuthResult:
    """The publications of a dataset are as public as the dataset."""
    return allow_as("package_show", context, data_dict["dataset"])


@tk.auth_allow_anonymous_access
def gpo_quality_withdrawal_show(context: Context, data_dict: DataDict) -> AuthResult:
    """That what was public is so no longer, and why, is told to everybody."""
    return allow()


@tk.auth_allow_anonymous_access
def gpo_quality_file_show(context: Context, data_dict: DataDict) -> AuthResult:
    """The files of a dataset are as public as the dataset."""
    return allow_as("package_show", context, data_dict["dataset"])


@tk.auth_allow_anonymous_access
def gpo_quality_publication_show(context: Context, data_dict: DataDict) -> AuthResult:
    """What is published of a dataset is as public as the dataset."""
    return _hide(allow_as("package_show", context, data_dict["dataset"]))


@tk.auth_allow_anonymous_access
def gpo_quality_summary(context: Context, data_dict: DataDict) -> AuthResult:
    """Counts of verdicts are public; which candidates were rejected is not told."""
    return allow()


@tk.auth_allow_anonymous_access
def gpo_quality_publication_list(context: Context, data_dict: DataDict) -> AuthResult:
    """Everybody: it tells what is public."""
    return allow()


@tk.auth_allow_anonymous_access
def gpo_quality_publication_histories(
    context: Context, data_dict: DataDict
) -> AuthResult:
    """Everybody: it tells what is public."""
    return allow()


@tk.auth_allow_anonymous_access
def gpo_quality_publication_totals(context: Context, data_dict: DataDict) -> AuthResult:
    """Everybody: it counts what is public."""
    return allow()


def gpo_quality_version_override(context: Context, data_dict: DataDict) -> AuthResult:
    """Sysadmins only: it sets the gate's verdict aside."""
    return refuse(tk._("Only sysadmins set a verdict aside"))


def gpo_quality_target_list(context: Context, data_dict: DataDict) -> AuthResult:
    """Stewards see the datasets of the departments that they edit."""
    return allow()


@tk.auth_allow_anonymous_access
def gpo_quality_trial_create(context: Context, data_dict: DataDict) -> AuthResult:
    """Everybody: the rules of the tables are public, and nothing is kept."""
    return allow()


@tk.auth_allow_anonymous_access
def gpo_quality_trial_show(context: Context, data_dict: DataDict) -> AuthResult:
    """Whoever holds its id, which nobody can guess."""
    return allow()


def gpo_quality_candidate_list(context: Context, data_dict: DataDict) -> AuthResult:
    """Stewards see the candidates of the departments that they edit."""
    return allow()


@tk.chained_auth_function
@tk.auth_allow_anonymous_access
def datastore_search(
    next_auth: AuthFunction, context: Context, data_dict: Subject
) -> AuthResult:
    """What is no dataset's table is nobody's; CKAN's dump would end in an error."""
    if scope.find_package(data_dict.get("resource_id")) is None:
        raise tk.ObjectNotFound(tk._("There is no table of this id"))
    return next_auth(context, data_dict)


def _hide(result: AuthResult) -> AuthResult:
    return hide(result, tk._("Version not found"))
