"""What ckanext-dcat's actions tell: datasets, and no other kind of package."""

from __future__ import annotations

import ckan.plugins.toolkit as tk
from ckan.types import Context, DataDict

from ckanext.gpo.common.guards import guards
from ckanext.gpo.dataapi.federation import DATASETS_ALONE


@tk.side_effect_free
@guards(check_access=True)
def dcat_catalog_show(context: Context, data_dict: DataDict) -> None:
    """Datasets only."""
    _narrow(data_dict)


@tk.side_effect_free
@guards(check_access=True)
def dcat_catalog_search(context: Context, data_dict: DataDict) -> None:
    """Datasets only."""
    _narrow(data_dict)


def _narrow(data_dict: DataDict) -> None:
    query = data_dict.get("fq")
    data_dict["fq"] = f"({query}) AND {DATASETS_ALONE}" if query else DATASETS_ALONE


@tk.side_effect_free
@guards(check_access=True)
def dcat_dataset_show(context: Context, data_dict: DataDict) -> None:
    """A dataset only.

    :raises ObjectNotFound: it is another kind of package, or the reader may not see it
    """
    message = tk._("Dataset not found")
    try:
        pkg = tk.get_action("package_show")(
            tk.fresh_context(context), {"id": data_dict.get("id")}
        )
    except (tk.NotAuthorized, tk.ObjectNotFound) as error:
        raise tk.ObjectNotFound(message) from error
    if pkg["type"] != "dataset":
        raise tk.ObjectNotFound(message)
