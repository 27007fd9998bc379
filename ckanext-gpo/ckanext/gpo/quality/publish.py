"""From a passed version to a public dataset.

Order matters. First everything that nobody sees (files, staged rows); then one commit of
CKAN's database that carries state, event and metadata together; last the swap of the
rows, a rename. A crash before the commit leaves the old version live; a crash between
the commit and the rename is finished by `resume`.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

import ckan.plugins.toolkit as tk
from ckan import model
from ckan.types import Context

from ckanext.gpo.common.tables import Table, table

from . import datastore, files, storage
from .model import Version, now
from .workflow import State


def publish(version: Version, spool: Path, folder: Path, actor: str) -> None:
    """Make a passed version the public one of its dataset.

    :param spool: the parsed rows, see `checks.Spool`
    :param folder: where files may be built
    """
    of = table(version.table_ref)
    paths = files.build(of, spool, folder)
    hashes = {name: files.sha256(path) for name, path in paths.items()}
    version.files = storage.save_files(version.id, paths, hashes)
    datastore.stage(version.id, of, spool)

    previous = Version.published_of(version.package_id)
    if previous and previous.number > version.number:
        version.enter(State.SUPERSEDED, actor, f"version {previous.number} is newer")
        model.Session.commit()
        datastore.drop(version.id)
        return
    if previous:
        previous.enter(State.SUPERSEDED, actor, f"by version {version.number}")
        model.Session.flush()
    version.published = now()
    version.enter(State.PUBLISHED, actor)
    model.Session.flush()
    resource_id = _update_dataset(version, of, actor)
    datastore.swap(version.id, resource_id)


def resume(version: Version) -> None:
    """Finish a publication that was cut off between commit and swap."""
    if datastore.is_staged(version.id):
        datastore.swap(version.id, resource_of(version.package_id))


def resource_of(package_id: str) -> str:
    """The id of the resource that holds the dataset's table."""
    package = model.Package.get(package_id)
    if package is None or not package.resources:
        raise tk.ObjectNotFound(tk._("The dataset has no table"))
    return package.resources[0].id


def downloads(version: Version, of: Table) -> dict[str, dict[str, Any]]:
    """Format → `{url, size, sha256}`, as the resource of the dataset tells it."""
    return {
        name: {
            "url": tk.url_for(
                "gpo_dataapi.download",
                dataset=of.dataset_name,
                filename=f"{of.dataset_name}.{name}",
                qualified=True,
                locale="default",
            ),
            "size": file["size"],
            "sha256": file["sha256"],
        }
        for name, file in (version.files or {}).items()
    }


def statements(version: Version, of: Table) -> dict[str, Any]:
    """What the resource of a dataset says of its files and rows once it is published."""
    links = downloads(version, of)
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


def _update_dataset(version: Version, of: Table, actor: str) -> str:
    # `package_patch` commits: state, event, metadata and visibility become one commit,
    # and it indexes what it committed.
    context = Context(ignore_auth=True, user=actor)
    dataset = tk.get_action("package_show")(
        Context(ignore_auth=True, user=actor), {"id": version.package_id}
    )
    resource = dataset["resources"][0]
    resource |= statements(version, of)
    tk.get_action("package_patch")(
        context,
        {"id": version.package_id, "private": False, "resources": [resource]},
    )
    return resource["id"]
