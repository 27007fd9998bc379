"""Who may do what with the data API."""

from __future__ import annotations

import ckan.plugins.toolkit as tk
from ckan.types import AuthResult, Context, DataDict

from ckanext.gpo.common.authorization import allow, allow_as, hide, refuse
from ckanext.gpo.common.context import account_id
from ckanext.gpo.dataapi.webhooks import Message, Webhook

__all__ = [
    "gpo_dataapi_chain_show",
    "gpo_dataapi_department_usage_show",
    "gpo_dataapi_download_totals",
    "gpo_dataapi_field_profile_list",
    "gpo_dataapi_key_usage_list",
    "gpo_dataapi_record_aggregate",
    "gpo_dataapi_record_collect",
    "gpo_dataapi_record_list",
    "gpo_dataapi_record_show",
    "gpo_dataapi_schema_show",
    "gpo_dataapi_value_list",
    "gpo_dataapi_usage_show",
    "gpo_dataapi_usage_totals",
    "gpo_dataapi_webhook_create",
    "gpo_dataapi_webhook_delete",
    "gpo_dataapi_webhook_delivery_list",
    "gpo_dataapi_webhook_list",
    "gpo_dataapi_webhook_redeliver",
    "gpo_dataapi_webhook_show",
    "gpo_dataapi_webhook_test",
    "gpo_dataapi_webhook_update",
]


@tk.auth_allow_anonymous_access
def gpo_dataapi_download_totals(context: Context, data_dict: DataDict) -> AuthResult:
    """Anyone: of datasets that they may not see the action tells nothing."""
    return allow()


@tk.auth_allow_anonymous_access
def gpo_dataapi_usage_totals(context: Context, data_dict: DataDict) -> AuthResult:
    """Anyone: of datasets that they may not see the action tells nothing."""
    return allow()


@tk.auth_allow_anonymous_access
def gpo_dataapi_department_usage_show(
    context: Context, data_dict: DataDict
) -> AuthResult:
    """Anyone: only public datasets are summed up."""
    return allow()


@tk.auth_allow_anonymous_access
def gpo_dataapi_usage_show(context: Context, data_dict: DataDict) -> AuthResult:
    """Whoever may see the dataset may see how much it is used."""
    return _as_dataset(context, data_dict)


def gpo_dataapi_key_usage_list(context: Context, data_dict: DataDict) -> AuthResult:
    """Whoever has an account: the action tells of its own keys only."""
    return allow()


@tk.auth_allow_anonymous_access
def gpo_dataapi_record_collect(context: Context, data_dict: DataDict) -> AuthResult:
    """Anyone: the action tells only what is public."""
    return allow()


@tk.auth_allow_anonymous_access
def gpo_dataapi_record_list(context: Context, data_dict: DataDict) -> AuthResult:
    """Whoever may see the dataset may see its records; for others there is none."""
    return _as_dataset(context, data_dict)


@tk.auth_allow_anonymous_access
def gpo_dataapi_record_show(context: Context, data_dict: DataDict) -> AuthResult:
    """Whoever may see the dataset may see its records; for others there is none."""
    return _as_dataset(context, data_dict)


@tk.auth_allow_anonymous_access
def gpo_dataapi_record_aggregate(context: Context, data_dict: DataDict) -> AuthResult:
    """Whoever may see the dataset may sum up its records; for others there is none."""
    return _as_dataset(context, data_dict)


@tk.auth_allow_anonymous_access
def gpo_dataapi_schema_show(context: Context, data_dict: DataDict) -> AuthResult:
    """Whoever may see the dataset may see the schema of its table."""
    return _as_dataset(context, data_dict)


@tk.auth_allow_anonymous_access
def gpo_dataapi_field_profile_list(context: Context, data_dict: DataDict) -> AuthResult:
    """Whoever may see the dataset may see what its columns look like."""
    return _as_dataset(context, data_dict)


@tk.auth_allow_anonymous_access
def gpo_dataapi_value_list(context: Context, data_dict: DataDict) -> AuthResult:
    """Whoever may see the dataset may list its values; for others there is none."""
    return _as_dataset(context, data_dict)


@tk.auth_allow_anonymous_access
def gpo_dataapi_chain_show(context: Context, data_dict: DataDict) -> AuthResult:
    """Whoever may see the dataset may see its records, and public ones beside them."""
    return _as_dataset(context, data_dict)


def _as_dataset(context: Context, data_dict: DataDict) -> AuthResult:
    return hide(
        allow_as("package_show", context, data_dict["dataset"]),
        tk._("Dataset not found"),
    )


def gpo_dataapi_webhook_create(context: Context, data_dict: DataDict) -> AuthResult:
    """Whoever has an account, for itself."""
    return allow()


def gpo_dataapi_webhook_list(context: Context, data_dict: DataDict) -> AuthResult:
    """Whoever has an account: the action lists its own only."""
    return allow()


def gpo_dataapi_webhook_show(context: Context, data_dict: DataDict) -> AuthResult:
    """Its owner; for others there is none."""
    return _as_owner(context, data_dict["id"])


def gpo_dataapi_webhook_update(context: Context, data_dict: DataDict) -> AuthResult:
    """Its owner; for others there is none."""
    return _as_owner(context, data_dict["id"])


def gpo_dataapi_webhook_delete(context: Context, data_dict: DataDict) -> AuthResult:
    """Its owner; for others there is none."""
    return _as_owner(context, data_dict["id"])


def gpo_dataapi_webhook_test(context: Context, data_dict: DataDict) -> AuthResult:
    """Its owner; for others there is none."""
    return _as_owner(context, data_dict["id"])


def gpo_dataapi_webhook_delivery_list(
    context: Context, data_dict: DataDict
) -> AuthResult:
    """Its owner; for others there is none."""
    return _as_owner(context, data_dict["id"])


def gpo_dataapi_webhook_redeliver(context: Context, data_dict: DataDict) -> AuthResult:
    """The owner of the webhook; for others there is none."""
    message = Message.get(data_dict["id"])
    return _as_owner(context, message.webhook if message else "")


def _as_owner(context: Context, id_: str) -> AuthResult:
    webhook = Webhook.get(id_)
    is_own = webhook is not None and webhook.owner == account_id(context)
    return hide(allow() if is_own else refuse(), tk._("Webhook not found"))
