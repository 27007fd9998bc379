"""From a passed version to a public dataset.

Order matters. First everything that nobody sees (files, staged rows); then one commit of
CKAN's database that carries state, event and metadata together, and the search index
after it; last the swap of the rows, a rename. A crash before the commit leaves the old
version live; a crash between the commit and the rename is finished by `resume`.
"""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import ckan.plugins.toolkit as tk
from ckan import model
from ckan.lib import search
from ckan.types import Context

from ckanext.gpo.common import clock, formats, locks
from ckanext.gpo.common.actors import Actor
from ckanext.gpo.common.tables import Table
from ckanext.gpo.quality import config
from ckanext.gpo.quality.model import Version, now
from ckanext.gpo.quality.workflow import State

from . import datastore, files, record, storage
from .datapackage import Origin


def prepare(
    version: Version, table: Table, spool: Path, folder: Path
) -> dict[str, Path]:
    """Make everything of a publication that nobody sees yet; takes as long as it takes.

    :param spool: the parsed rows, see `engine.rows`
    :param folder: where files may be built
    :returns: format → where its file lies in the folder
    """
    version.files, paths = _build(version, table, spool, folder)
    return paths


def discard(version: Version, table: Table) -> None:
    """Take away what was prepared for a version that is not published after all."""
    datastore.drop(version.id)
    for name in formats.MEDIA_TYPES:
        location = f"{version.id}/{formats.file_name(table.dataset_name, name)}"
        for place in storage.with_texts(location):
            storage.remove(place)


def publish(version: Version, table: Table, actor: Actor) -> None:
    """Make a passed and prepared version the public one of its dataset."""
    with locks.publication_lock(version.package_id):
        _take_its_place(version, table, actor)


def _take_its_place(version: Version, table: Table, actor: Actor) -> None:
    last = model.Session.scalar(Version.publications(version.package_id).limit(1))
    # Also if the newer one was withdrawn: what is older must not come out by itself.
    if last and last.number > version.number:
        _pass_over(version, actor, f"version {last.number} is newer")
        return
    if last and last.state == State.WITHDRAWN.value and not _is_released(version):
        reason = f"version {last.number} is withdrawn: a person has to hand in anew"
        _pass_over(version, actor, reason)
        return
    previous = Version.get_published(version.package_id)
    if previous:
        previous.enter(State.SUPERSEDED, actor, f"by version {version.number}")
        # Before it is so: in a crash it loses what words are found in, and nothing stays
        storage.drop_texts(previous.files)
    version.published = now()
    version.enter(State.PUBLISHED, actor)
    # What a department took out of sight by hand, a newer version does not show again.
    package = model.Package.get(version.package_id)
    hidden = bool(previous and package and package.private)
    resource_id = _update_dataset(version, table, actor.account, hidden)
    datastore.swap(version.id, resource_id)


def _is_released(version: Version) -> bool:
    """Whether a person wants it public: what was withdrawn no harvest brings back."""
    return version.by_hand or bool(Version.overrides([version.id]))


def _pass_over(version: Version, actor: Actor, reason: str) -> None:
    """End a passed version that does not become public."""
    version.changes = None
    version.enter(State.SUPERSEDED, actor, reason)
    storage.drop_texts(version.files)
    model.Session.commit()
    datastore.drop(version.id)


def _build(
    version: Version, table: Table, spool: Path, folder: Path
) -> tuple[dict[str, Any], dict[str, Path]]:
    """Keep the files of a version and load its rows beside the live ones.

    :returns: the files as kept, and where they lie in the folder
    """
    full_text = (version.row_count or 0) <= config.full_text_rows()
    with ThreadPoolExecutor(1) as pool:
        # PostgreSQL sorts and indexes on a core of its own meanwhile.
        loading = pool.submit(
            datastore.stage, version.id, table, spool, full_text=full_text
        )
        paths = files.build(table, spool, folder, _origin(version, table))
        hashes = {name: files.sha256(path) for name, path in paths.items()}
        stored = storage.save_files(version.id, paths, hashes)
        storage.save_texts(stored["parquet"]["location"], paths["parquet"])
        loading.result()
    return stored, paths


def _origin(version: Version, table: Table) -> Origin:
    context = Context(ignore_auth=True)
    dataset = tk.get_action("package_show")(context, {"id": version.package_id})
    organization = dataset.get("organization") or {}
    licence = {
        "name": dataset.get("license_id"),
        "title": dataset.get("license_title"),
        "path": dataset.get("license_url"),
    }
    return Origin(
        publisher=organization.get("title") or organization.get("name") or "",
        address=tk.url_for(
            "dataset.read", id=table.dataset_name, qualified=True, locale="default"
        ),
        version=version.number,
        created=clock.in_china(version.created).isoformat(timespec="seconds"),
        license={key: value for key, value in licence.items() if value},
    )


def resume(version: Version) -> None:
    """Finish a publication that was cut off after its commit; run twice, nothing happens."""
    if not State(version.state).ended or not datastore.is_staged(version.id):
        return
    with locks.publication_lock(version.package_id):
        # Whoever publishes or withdraws at this moment may have finished it.
        model.Session.refresh(version)
        if not datastore.is_staged(version.id):
            return
        package = model.Package.get(version.package_id)
        if version.state == State.PUBLISHED.value and package and package.resources:
            # The swap is the last step: what is staged still may not be indexed either.
            search.rebuild(package.id)
            datastore.swap(version.id, record.resource_id(package.id))
        else:
            datastore.drop(version.id)


def _update_dataset(version: Version, table: Table, actor: str, private: bool) -> str:
    dataset = tk.get_action("package_show")(
        Context(ignore_auth=True, user=actor), {"id": version.package_id}
    )
    resource = dataset["resources"][0] | record.statements(version, table)
    changes = {"private": private, "resources": [resource]}
    record.write(version.package_id, changes, actor)
    return resource["id"]
