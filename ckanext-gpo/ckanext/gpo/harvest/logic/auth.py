"""Who may see what was fetched: whoever may see its source."""

from __future__ import annotations

import ckan.plugins.toolkit as tk
from ckan import model
from ckan.types import AuthFunction, AuthResult, Context, DataDict

from ckanext.gpo.common.authorization import refuse
from ckanext.gpo.common.types import Subject
from ckanext.harvest.model import HarvestObject


@tk.chained_auth_function
@tk.auth_allow_anonymous_access
def harvest_object_show(
    next_auth: AuthFunction, context: Context, data_dict: Subject
) -> AuthResult:
    """ckanext-harvest shows it to everybody."""
    object_ = _object(data_dict)
    if object_ is None:
        return next_auth(context, data_dict)
    try:
        tk.check_access(
            "harvest_source_show",
            tk.fresh_context(context),
            {"id": object_.harvest_source_id},
        )
    except tk.NotAuthorized:
        return refuse(tk._("Only members may see what was fetched"))
    return next_auth(context, data_dict)


def _object(data_dict: DataDict) -> HarvestObject | None:
    if data_dict.get("id"):
        return HarvestObject.get(data_dict["id"], attr=data_dict.get("attr"))
    package = model.Package.get(data_dict.get("dataset_id") or "")
    if package is None:
        return None
    return HarvestObject.filter(package_id=package.id, current=True).first()
