"""The actions of the gate; every name in `__all__` is an API endpoint."""

from .correction import gpo_quality_version_correct
from .errors import gpo_quality_version_cards, gpo_quality_version_errors
from .guard import (
    bulk_update_public,
    dataset_purge,
    package_create,
    package_delete,
    package_owner_org_update,
    package_update,
    resource_delete,
)
from .guard_files import (
    file_create,
    file_ownership_transfer,
    file_register,
    package_create_default_resource_views,
    resource_create_default_resource_views,
    resource_view_create,
    resource_view_update,
)
from .guard_rows import (
    datastore_create,
    datastore_delete,
    datastore_function_create,
    datastore_function_delete,
    datastore_info,
    datastore_records_delete,
    datastore_run_triggers,
    datastore_search,
    datastore_upsert,
)
from .history import (
    gpo_quality_changes,
    gpo_quality_version_diff,
    gpo_quality_version_restore,
    gpo_quality_version_withdraw,
    gpo_quality_withdrawal_show,
)
from .override import gpo_quality_version_override
from .publication import (
    gpo_quality_publication_histories,
    gpo_quality_publication_list,
    gpo_quality_publication_show,
    gpo_quality_publication_totals,
)
from .submission import gpo_quality_version_submit
from .target import gpo_quality_target_list
from .trial import gpo_quality_trial_create, gpo_quality_trial_show
from .version import (
    gpo_quality_candidate_list,
    gpo_quality_file_show,
    gpo_quality_summary,
    gpo_quality_version_list,
    gpo_quality_version_progress,
    gpo_quality_version_show,
)

__all__ = [
    "bulk_update_public",
    "datastore_create",
    "datastore_delete",
    "datastore_function_create",
    "datastore_function_delete",
    "datastore_info",
    "datastore_records_delete",
    "datastore_run_triggers",
    "datastore_search",
    "datastore_upsert",
    "dataset_purge",
    "file_create",
    "file_ownership_transfer",
    "file_register",
    "gpo_quality_candidate_list",
    "gpo_quality_changes",
    "gpo_quality_file_show",
    "gpo_quality_publication_histories",
    "gpo_quality_publication_list",
    "gpo_quality_publication_show",
    "gpo_quality_publication_totals",
    "gpo_quality_summary",
    "gpo_quality_target_list",
    "gpo_quality_trial_create",
    "gpo_quality_trial_show",
    "gpo_quality_version_cards",
    "gpo_quality_version_correct",
    "gpo_quality_version_diff",
    "gpo_quality_version_errors",
    "gpo_quality_version_list",
    "gpo_quality_version_override",
    "gpo_quality_version_progress",
    "gpo_quality_version_restore",
    "gpo_quality_version_show",
    "gpo_quality_version_submit",
    "gpo_quality_version_withdraw",
    "gpo_quality_withdrawal_show",
    "package_create",
    "package_create_default_resource_views",
    "package_delete",
    "package_owner_org_update",
    "package_update",
    "resource_create_default_resource_views",
    "resource_delete",
    "resource_view_create",
    "resource_view_update",
]
