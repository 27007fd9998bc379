"""Actions of the data API."""

from __future__ import annotations

from .chains import gpo_dataapi_chain_show
from .collections import gpo_dataapi_record_collect
from .downloads import gpo_dataapi_download_totals
from .profiles import gpo_dataapi_field_profile_list
from .records import (
    gpo_dataapi_record_aggregate,
    gpo_dataapi_record_list,
    gpo_dataapi_record_show,
    gpo_dataapi_value_list,
)

__all__ = [
    "gpo_dataapi_chain_show",
    "gpo_dataapi_download_totals",
    "gpo_dataapi_field_profile_list",
    "gpo_dataapi_record_aggregate",
    "gpo_dataapi_record_collect",
    "gpo_dataapi_record_list",
    "gpo_dataapi_record_show",
    "gpo_dataapi_value_list",
]
