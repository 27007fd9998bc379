"""From a passed version to a public dataset.

Order matters. First everything that nobody sees (files, staged rows); then one commit of
CKAN's database that carries state, event and metadata together, and the search index
after it; last the swap of the rows, a rename. A crash before the commit leaves the old
version live; a crash between the commit and the rename is finished by `resume`.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

import ckan.plugins.toolkit as tk
from ckan import model
from ckan.lib import search
from ckan.types import Context

from ckanext.gpo.common.tables import Table

from . import changes, datastore, exclusive, files, storage
from .model import Version, now
from .workflow import State


def prepare(version: Version, of: Table, spool: Path, folder: Path) -> None:
    """Make everything of a publication that nobody sees yet; takes as long as it takes.

    :param spool: the parsed rows, see `engine.own_checks.Spool`
    :param folder: where files may be built
    """
    paths = files.build(of, spool, folder)
    hashes = {name: files.sha256(path) for name, path in paths.items()}
    version.files = storage.save_files(version.id, paths, hashes)
    datastore.stage(version.id, of, spool)
    version.changes = changes.of_publication(version, paths.get("parquet"), folder)


def discard(version: Version, of: Table) -> None:
    """Take away what was prepared for a version that is not published after all."""
    datastore.drop(version.id)
    for name in files.CONTENT_TYPES:
        storage.remove(f"{version.id}/{of.dataset_name}.{name}")


def publish(version: Version, of: Table, actor: str) -> None:
    """Make a passed and prepared version the public one of its dataset."""
    with exclusive.publication(version.package_id):
        _take_its_place(version, of, actor)


def _take_its_place(version: Version, of: Table, actor: str) -> None:
    last = model.Session.scalar(Version.publications_of(version.package_id).limit(1))
    # Also if the newer one was withdrawn: what is older must not come out by itself.
    if last and last.number > version.number:
        version.changes = None
        version.enter(State.SUPERSEDED, actor, f"version {last.number} is newer")
        model.Session.commit()
        datastore.drop(version.id)
        return
    previous = Version.published_of(version.package_id)
    if previous:
        previous.enter(State.SUPERSEDED, actor, f"by version {version.number}")
    version.published = now()
    version.enter(State.PUBLISHED, actor)
    resource_id = _update_dataset(version, of, actor)
    datastore.swap(version.id, resource_id)


def resume(version: Version) -> None:
    """Finish a publication that was cut off after its commit; run twice, nothing happens."""
    if not State(version.state).ended or not datastore.is_staged(version.id):
        return
    with exclusive.publication(version.package_id):
        # Whoever publishes or withdraws at this moment may have finished it.
        model.Session.refresh(version)
        if not datastore.is_staged(version.id):
            return
        package = model.Package.get(version.package_id)
        if version.state == State.PUBLISHED.value and package and package.resources:
            # The swap is the last step: what is staged still may not be indexed either.
            search.rebuild(package.id)
            datastore.swap(version.id, resource_of(package.id))
        else:
            datastore.drop(version.id)


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


def _update_dataset(version: Version, of: Table, actor: str) -> str:
    dataset = tk.get_action("package_show")(
        Context(ignore_auth=True, user=actor), {"id": version.package_id}
    )
    resource = dataset["resources"][0]
    links = downloads(version, of)
    resource |= {
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
    write(version.package_id, {"private": False, "resources": [resource]}, actor)
    return resource["id"]
