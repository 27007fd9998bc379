"""Searching rows: what CKAN would answer with nothing is told."""

from __future__ import annotations

from typing import Any

import ckan.plugins.toolkit as tk
from ckan.types import Action, Context, DataDict

from ckanext.gpo.quality import datastore


@tk.side_effect_free
@tk.chained_action
def datastore_search(
    next_action: Action, context: Context, data_dict: DataDict
) -> dict[str, Any]:
    """Rows of a table; a word of a row can be looked for in tables that keep words."""
    resource_id = data_dict.get("resource_id") or data_dict.get("id")
    asked = next((name for name in ("q", "full_text") if data_dict.get(name)), None)
    if asked and isinstance(resource_id, str):
        _refuse_without_words(context, resource_id, asked)
    return next_action(context, data_dict)


def _refuse_without_words(context: Context, resource_id: str, asked: str) -> None:
    if datastore.has_full_text(resource_id):
        return
    # who may not read the table learns nothing of it
    tk.check_access("datastore_search", context, {"resource_id": resource_id})
    message = tk._(
        "This table is too large to look for a word in whole rows:"
        " use filters, or download the file"
    )
    raise tk.ValidationError({asked: [message]})
