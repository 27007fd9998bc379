"""ckanext-harvest's actions, held to the platform's rule: only the gate unpublishes."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import ckan.plugins.toolkit as tk
from ckan import model
from ckan.types import Context, DataDict

Next = Callable[[Context, DataDict], Any]


@tk.chained_action
def harvest_source_clear(
    original_action: Next, context: Context, data_dict: DataDict
) -> dict[str, Any]:
    """Forget the jobs of a source; its datasets stay.

    ckanext-harvest would delete every dataset that the source ever filled, published or
    not, past the gate and without a trace.

    :param id: name or id of the harvest source
    :type id: str
    """
    tk.check_access("harvest_source_clear", context, data_dict)
    package = model.Package.get(data_dict["id"])
    identified = {**data_dict, "id": package.id} if package else data_dict
    return tk.get_action("harvest_source_job_history_clear")(context, identified)


@tk.chained_action
def harvest_source_index_clear(
    original_action: Next, context: Context, data_dict: DataDict
) -> dict[str, Any]:
    """Refused: it would take what is public out of the search.

    :raises NotAuthorized: always
    """
    raise tk.NotAuthorized(tk._("Published datasets stay in the search"))


@tk.chained_action
def harvest_source_reindex(
    original_action: Next, context: Context, data_dict: DataDict
) -> bool:
    """Write what is known of a harvest source into the search index.

    ckanext-harvest lets anybody do it, and puts what it takes for a source in the place
    of any dataset whose id it is given. It writes, so it is not side_effect_free.

    :param id: name or id of the harvest source
    :type id: str

    :raises NotFound: no such harvest source
    :raises NotAuthorized: the caller may not edit the source
    """
    package = model.Package.get(tk.get_or_bust(data_dict, "id"))
    if package is None or package.type != "harvest":
        raise tk.ObjectNotFound(tk._("Harvest source not found"))
    tk.check_access("harvest_source_reindex", context, data_dict)
    return original_action(context, data_dict)


@tk.side_effect_free
@tk.chained_action
def harvest_source_show(
    original_action: Next, context: Context, data_dict: DataDict
) -> dict[str, Any]:
    """Show a harvest source.

    ckanext-harvest shows any dataset as one, and its pages miss the status in it.

    :raises NotFound: no such harvest source, or the caller may not see it
    """
    source = original_action(context, data_dict)
    tk.check_access("harvest_source_show", context, {"id": source["id"]})
    if source["type"] != "harvest":
        raise tk.ObjectNotFound(tk._("Harvest source not found"))
    return source


@tk.side_effect_free
@tk.chained_action
def harvest_source_list(
    original_action: Next, context: Context, data_dict: DataDict
) -> list[dict[str, Any]]:
    """List the harvest sources that the caller may see.

    ckanext-harvest shows all of them to everybody.
    """
    tk.check_access("harvest_source_list", context, data_dict)
    return [
        source
        for source in original_action(context, data_dict)
        if _may_see(context, source["id"])
    ]


@tk.side_effect_free
@tk.chained_action
def harvest_object_show(
    original_action: Next, context: Context, data_dict: DataDict
) -> dict[str, Any]:
    """What was fetched; to who may not see its source as if there were nothing.

    :raises NotFound: there is none, or the caller may not see it
    """
    try:
        return original_action(context, data_dict)
    except (tk.NotAuthorized, tk.ObjectNotFound) as err:
        raise tk.ObjectNotFound(tk._("Harvest object not found")) from err


def _may_see(context: Context, source_id: str) -> bool:
    try:
        tk.check_access(
            "harvest_source_show", tk.fresh_context(context), {"id": source_id}
        )
    except (tk.NotAuthorized, tk.ObjectNotFound):
        return False
    return True
