"""The actions of the gate; every name in `__all__` is an API endpoint."""

from .guard import (
    bulk_update_public,
    datastore_create,
    datastore_delete,
    datastore_records_delete,
    datastore_upsert,
    package_create,
    package_update,
)
from .history import (
    gpo_quality_changes,
    gpo_quality_version_diff,
    gpo_quality_version_restore,
    gpo_quality_version_withdraw,
)
from .rows import datastore_search
from .version import (
    gpo_quality_candidate_list,
    gpo_quality_file_show,
    gpo_quality_summary,
    gpo_quality_version_list,
    gpo_quality_version_show,
    gpo_quality_version_submit,
)

__all__ = [
    "bulk_update_public",
    "datastore_create",
    "datastore_delete",
    "datastore_records_delete",
    "datastore_search",
    "datastore_upsert",
    "gpo_quality_candidate_list",
    "gpo_quality_changes",
    "gpo_quality_file_show",
    "gpo_quality_summary",
    "gpo_quality_version_diff",
    "gpo_quality_version_list",
    "gpo_quality_version_restore",
    "gpo_quality_version_show",
    "gpo_quality_version_submit",
    "gpo_quality_version_withdraw",
    "package_create",
    "package_update",
]
