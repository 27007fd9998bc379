"""Actions of the data API."""

from __future__ import annotations

from .chains import gpo_dataapi_chain_show
from .collections import gpo_dataapi_record_collect
from .datastore import datastore_search
from .dcat import dcat_catalog_search, dcat_catalog_show, dcat_dataset_show
from .profiles import gpo_dataapi_field_profile_list
from .records import (
    gpo_dataapi_record_aggregate,
    gpo_dataapi_record_list,
    gpo_dataapi_record_show,
    gpo_dataapi_value_list,
)
from .schemas import gpo_dataapi_schema_show
from .usage import (
    gpo_dataapi_department_usage_show,
    gpo_dataapi_download_totals,
    gpo_dataapi_key_usage_list,
    gpo_dataapi_usage_show,
    gpo_dataapi_usage_totals,
)
from .webhooks import (
    gpo_dataapi_webhook_create,
    gpo_dataapi_webhook_delete,
    gpo_dataapi_webhook_delivery_list,
    gpo_dataapi_webhook_list,
    gpo_dataapi_webhook_redeliver,
    gpo_dataapi_webhook_show,
    gpo_dataapi_webhook_test,
    gpo_dataapi_webhook_update,
)

__all__ = [
    "datastore_search",
    "dcat_catalog_search",
    "dcat_catalog_show",
    "dcat_dataset_show",
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
