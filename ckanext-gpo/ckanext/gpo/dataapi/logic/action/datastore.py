"""What `datastore_search` is asked, as CKAN can read it."""

from __future__ import annotations

import contextlib
import json
from typing import Final

import ckan.plugins.toolkit as tk
from ckan.types import Context, DataDict

from ckanext.gpo.common.guards import guards

_NONE: Final = (None, [], {})


@tk.side_effect_free
@guards(check_access=False)
def datastore_search(context: Context, data_dict: DataDict) -> None:
    """Filters that are null or empty are none."""
    filters = data_dict.get("filters")
    if isinstance(filters, str):
        with contextlib.suppress(ValueError, RecursionError):
            filters = json.loads(filters)
    if filters in _NONE:
        data_dict.pop("filters", None)
