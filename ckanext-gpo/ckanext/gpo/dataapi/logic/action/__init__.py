"""Actions of the data API."""

from __future__ import annotations

from .collections import gpo_dataapi_record_collect
from .profiles import gpo_dataapi_field_profile_list
from .records import (
    gpo_dataapi_record_aggregate,
    gpo_dataapi_record_list,
    gpo_dataapi_record_show,
)
from .usage import (
    gpo_dataapi_download_totals,
    gpo_dataapi_key_usage_list,
    gpo_dataapi_usage_show,
    gpo_dataapi_usage_totals,
)

__all__ = [
    "gpo_dataapi_download_totals",
    "gpo_dataapi_field_profile_list",
    "gpo_dataapi_key_usage_list",
    "gpo_dataapi_record_aggregate",
    "gpo_dataapi_record_collect",
    "gpo_dataapi_record_list",
    "gpo_dataapi_record_show",
    "gpo_dataapi_usage_show",
    "gpo_dataapi_usage_totals",
]
