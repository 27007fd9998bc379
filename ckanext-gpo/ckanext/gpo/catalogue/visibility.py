"""Who sees the fields that stay inside the government's network.

The index never holds them, so no search, facet or `fl` can give them away; a reader with
a role gets them from the database. What CKAN keeps or hands out past `package_show` (the
activity's copy, the list of followed datasets) is cleaned by the chained actions.
"""

from __future__ import annotations

from typing import Any

from ckan import authz, model
from ckan.types import Context

from . import intranet


def for_reader(context: Context, dataset: dict[str, Any]) -> None:
    """Leave a dataset as this reader may see it, whether it came from index or database."""
    if dataset.get("type") != "dataset":
        return
    if not _is_staff(context):
        intranet.remove(dataset)
        return
    package = model.Package.get(dataset["id"])
    if package:
        intranet.add(dataset, package.extras or {})


def _is_staff(context: Context) -> bool:
    """The platform itself, a sysadmin, or someone with a role in any department."""
    user = context.get("user")
    return bool(context.get("ignore_auth")) or (
        bool(user) and authz.has_user_permission_for_some_org(user, "read")
    )
