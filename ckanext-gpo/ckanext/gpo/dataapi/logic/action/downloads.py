"""How often files were downloaded."""

from __future__ import annotations

from typing import Any

import ckan.plugins.toolkit as tk
from ckan.logic import validate
from ckan.types import Context

from ckanext.gpo.dataapi import usage
from ckanext.gpo.dataapi.logic import schema


@tk.side_effect_free
@validate(schema.download_totals)
def gpo_dataapi_download_totals(
    context: Context, data_dict: dict[str, Any]
) -> dict[str, int]:
    """How often whole files of datasets were downloaded, since counting began.

    :param datasets: names, at most 100
    :returns: name → count, for those datasets that the reader may see
    """
    tk.check_access("gpo_dataapi_download_totals", context, data_dict)
    names = data_dict["datasets"]
    visible = [name for name in names if _may_see(context, name)]
    return {name: used.downloads for name, used in usage.totals(visible).items()}


def _may_see(context: Context, name: str) -> bool:
    try:
        return tk.check_access("package_show", tk.fresh_context(context), {"id": name})
    except (tk.NotAuthorized, tk.ObjectNotFound):
        return False
