"""The dataset's record in the catalogue: what it says of the version that is public."""

from __future__ import annotations

from typing import Any, Final

import ckan.plugins.toolkit as tk
from ckan import model
from ckan.lib import search
from ckan.types import Context

from ckanext.gpo.common.tables import Table
from ckanext.gpo.common.web.downloads import address
from ckanext.gpo.quality.model import Version

NOTHING: Final[dict[str, Any]] = {
    "downloads": {},
    "row_count": 0,
    "size": "",
    "hash": "",
    "datastore_active": False,
}
"""What the resource of a dataset says when none of its versions is public."""


def resource_id(package_id: str) -> str:
    """The id of the resource that holds the dataset's table."""
    package = model.Package.get(package_id)
    if package is None or not package.resources:
        raise tk.ObjectNotFound(tk._("The dataset has no table"))
    return package.resources[0].id


def downloads(version: Version, table: Table) -> dict[str, dict[str, Any]]:
    """Format → `{url, size, sha256}`, as the resource of the dataset tells it."""
    return {
        name: {
            "url": address(table.dataset_name, name),
            "size": file["size"],
            "sha256": file["sha256"],
        }
        for name, file in (version.files or {}).items()
    }


def write(package_id: str, changes: dict[str, Any], actor: str) -> None:
    """Change a dataset, and commit that with all that the session holds, then index it.

    CKAN by itself indexes what it has not committed yet; a crash in between would leave
    an index that tells what never came to be.
    """
    context = Context(
        ignore_auth=True,
        user=actor,
        defer_commit=True,
        # Without it CKAN 2.12 takes a deferred change back,
        return_id_only=True,
        # and with it says nothing of the change to the activity stream.
        changed_entities={"packages": {package_id}},
    )
    tk.get_action("package_patch")(context, {"id": package_id, **changes})
    model.Session.commit()
    search.rebuild(package_id)


def statements(version: Version, table: Table) -> dict[str, Any]:
    """What the resource of a dataset says of its files and rows once it is published."""
    links = downloads(version, table)
    return {
        "downloads": links,
        "url": links["csv"]["url"],
        "row_count": version.row_count,
        "size": links["csv"]["size"],
        "hash": links["csv"]["sha256"],
        "last_modified": version.published.replace(tzinfo=None).isoformat()
        if version.published
        else None,
        "datastore_active": True,
    }
