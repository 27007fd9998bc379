"""For which datasets somebody may hand in a table."""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa

import ckan.plugins.toolkit as tk
from ckan import model
from ckan.types import Context, DataDict

from ckanext.gpo.common.tables import tables


@tk.side_effect_free
def gpo_quality_target_list(
    context: Context, data_dict: DataDict
) -> list[dict[str, Any]]:
    """The datasets for which the caller may hand in a table, by their titles.

    :returns: ``[{"dataset", "title", "organization", "table_ref"}]``; ``organization`` is
        the title of the department
    """
    tk.check_access("gpo_quality_target_list", context, data_dict)
    organizations = tk.get_action("organization_list_for_user")(
        tk.fresh_context(context), {"permission": "update_dataset"}
    )
    titles = {org["id"]: org["display_name"] for org in organizations}
    described = {table.dataset_name: ref for ref, table in tables().items()}
    rows = model.Session.execute(
        sa.select(model.Package.name, model.Package.title, model.Package.owner_org)
        .where(
            model.Package.name.in_(described),
            model.Package.owner_org.in_(titles),
            model.Package.state == model.State.ACTIVE,
        )
        .order_by(model.Package.title)
    )
    return [
        {
            "dataset": name,
            "title": title,
            "organization": titles[owner],
            "table_ref": described[name],
        }
        for name, title, owner in rows
    ]
