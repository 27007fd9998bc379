"""The actions of the registry; every name in `__all__` is an API endpoint."""

from __future__ import annotations

from .building import (
    gpo_apps_registration_create,
    gpo_apps_registration_discard,
    gpo_apps_registration_list,
    gpo_apps_registration_reopen,
    gpo_apps_registration_show,
    gpo_apps_registration_submit,
    gpo_apps_registration_update,
)
from .files import gpo_apps_file_add, gpo_apps_file_remove
from .guard import dataset_purge, package_create, package_delete, package_update
from .moderation import (
    gpo_apps_app_unpublish,
    gpo_apps_queue_list,
    gpo_apps_registration_decide,
    gpo_apps_registration_review,
)
from .reading import gpo_apps_app_list, gpo_apps_app_show, gpo_apps_totals
from .responses import (
    gpo_apps_app_rate,
    gpo_apps_report_create,
    gpo_apps_report_decide,
    gpo_apps_report_list,
)

__all__ = [
    "dataset_purge",
    "gpo_apps_app_list",
    "gpo_apps_app_rate",
    "gpo_apps_app_show",
    "gpo_apps_app_unpublish",
    "gpo_apps_file_add",
    "gpo_apps_file_remove",
    "gpo_apps_queue_list",
    "gpo_apps_registration_create",
    "gpo_apps_registration_decide",
    "gpo_apps_registration_discard",
    "gpo_apps_registration_list",
    "gpo_apps_registration_reopen",
    "gpo_apps_registration_review",
    "gpo_apps_registration_show",
    "gpo_apps_registration_submit",
    "gpo_apps_registration_update",
    "gpo_apps_report_create",
    "gpo_apps_report_decide",
    "gpo_apps_report_list",
    "gpo_apps_totals",
    "package_create",
    "package_delete",
    "package_update",
]
