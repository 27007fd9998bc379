"""From a public dataset back to a private one.

First one commit of CKAN's database that carries state, event, metadata and visibility
together, and the search index after it; from then on nobody but its department sees
anything of the dataset, whatever happens next. Last the rows go from the DataStore. A
crash in between is finished by `resume`: as long as there are rows, something is left.
"""

from __future__ import annotations

import ckan.plugins.toolkit as tk
from ckan import model
from ckan.lib import search
from ckan.types import Context

from ckanext.gpo.common import locks
from ckanext.gpo.common.actors import Actor
from ckanext.gpo.quality.model import Version
from ckanext.gpo.quality.workflow import State

from . import datastore, record, storage


def withdraw(version: Version, actor: Actor, reason: str) -> None:
    """Take the published version back: nothing of the dataset is public any more.

    :raises IllegalTransition: it is not, or no longer, the published version
    """
    with locks.publication_lock(version.package_id):
        # A newer version may have been published while this waited.
        model.Session.refresh(version)
        try:
            version.enter(State.WITHDRAWN, actor, reason)
            _hide(version.package_id, actor.account)
        except BaseException:
            # Whoever called may commit later: the state without the rest must not stay.
            model.Session.rollback()
            raise
        _drop_rows(version)


def resume() -> None:
    """Finish the withdrawals that were cut off between the commit and their end."""
    for version in Version.list_by_states(State.WITHDRAWN):
        package = model.Package.get(version.package_id)
        if package is None or not package.resources:
            continue
        if Version.get_published(package.id):
            continue  # what is there is the newer version's
        with locks.publication_lock(package.id):
            rows_left = datastore.is_staged(version.id) or datastore.exists(
                record.resource_id(package.id)
            )
            if rows_left and Version.get_published(package.id) is None:
                search.rebuild(package.id)
                _drop_rows(version)


def _hide(package_id: str, actor: str) -> None:
    dataset = tk.get_action("package_show")(
        Context(ignore_auth=True, user=actor), {"id": package_id}
    )
    resource = dataset["resources"][0] | record.NOTHING
    record.write(package_id, {"private": True, "resources": [resource]}, actor)


def _drop_rows(version: Version) -> None:
    storage.drop_texts(version.files)
    # Under the version's own id lie the rows of a publication that was cut off.
    datastore.drop(version.id)
    datastore.drop(record.resource_id(version.package_id))
