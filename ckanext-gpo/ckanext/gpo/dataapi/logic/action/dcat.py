"""What ckanext-dcat's actions tell: datasets, and no other kind of package."""

from __future__ import annotations

import ckan.plugins.toolkit as tk
from ckan.types import Action, Context, DataDict

from ckanext.gpo.dataapi.federation import DATASETS_ALONE, in_order


@tk.side_effect_free
@tk.chained_action
def dcat_catalog_show(
    next_action: Action, context: Context, data_dict: DataDict
) -> str:
    """Datasets only."""
    return _catalogue(next_action, context, data_dict)


@tk.side_effect_free
@tk.chained_action
def dcat_catalog_search(
    next_action: Action, context: Context, data_dict: DataDict
) -> str:
    """Datasets only."""
    return _catalogue(next_action, context, data_dict)


@tk.side_effect_free
@tk.chained_action
def dcat_dataset_show(
    next_action: Action, context: Context, data_dict: DataDict
) -> str:
    """A dataset only.

    :raises ObjectNotFound: it is another kind of package, or the reader may not see it
    """
    tk.check_access("dcat_dataset_show", context, data_dict)
    message = tk._("Dataset not found")
    try:
        pkg = tk.get_action("package_show")(
            tk.fresh_context(context), {"id": data_dict.get("id")}
        )
    except (tk.NotAuthorized, tk.ObjectNotFound) as error:
        raise tk.ObjectNotFound(message) from error
    if pkg["type"] != "dataset":
        raise tk.ObjectNotFound(message)
    return _ordered(next_action(context, data_dict), data_dict)


def _catalogue(next_action: Action, context: Context, data_dict: DataDict) -> str:
    query = data_dict.get("fq")
    own = f"({query}) AND {DATASETS_ALONE}" if query else DATASETS_ALONE
    return _ordered(next_action(context, {**data_dict, "fq": own}), data_dict)


def _ordered(text: str, data_dict: DataDict) -> str:
    is_json = data_dict.get("format") in ("jsonld", "json-ld")
    return in_order(text) if is_json else text
