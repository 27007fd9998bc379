"""The actions of the catalogue; every name in `__all__` is an API endpoint."""

from .dataset import (
    activity_create,
    dataset_followee_list,
    followee_list,
    gpo_catalogue_dataset_ensure,
)
from .guard import (
    bulk_update_public,
    group_delete,
    group_purge,
    group_update,
    organization_update,
    package_create,
    package_delete,
    package_owner_org_update,
    package_update,
)
from .reading import (
    gpo_catalogue_chain_list,
    gpo_catalogue_chain_show,
    gpo_catalogue_domain_list,
    gpo_catalogue_domain_show,
    gpo_catalogue_item_list,
    gpo_catalogue_item_show,
)

__all__ = [
    "activity_create",
    "bulk_update_public",
    "dataset_followee_list",
    "followee_list",
    "gpo_catalogue_chain_list",
    "gpo_catalogue_chain_show",
    "gpo_catalogue_dataset_ensure",
    "gpo_catalogue_domain_list",
    "gpo_catalogue_domain_show",
    "gpo_catalogue_item_list",
    "gpo_catalogue_item_show",
    "group_delete",
    "group_purge",
    "group_update",
    "organization_update",
    "package_create",
    "package_delete",
    "package_owner_org_update",
    "package_update",
]
