"""The one way past a verdict: a sysadmin's, with a reason, for everybody to read."""

from __future__ import annotations

from typing import Any

import ckan.plugins.toolkit as tk
from ckan import model
from ckan.types import Context, DataDict

from ckanext.gpo.common import locks
from ckanext.gpo.common.context import actor
from ckanext.gpo.common.tables import table
from ckanext.gpo.quality import jobs
from ckanext.gpo.quality.engine import blockers
from ckanext.gpo.quality.history import dictize
from ckanext.gpo.quality.logic import schema
from ckanext.gpo.quality.model import Version
from ckanext.gpo.quality.workflow import State

from .submission import schema_hash


@tk.validate_action_data(schema.version_override)
def gpo_quality_version_override(
    context: Context, data_dict: DataDict
) -> dict[str, Any]:
    """Let a rejected version pass; it is then published in the background.

    For rows that are right although a rule says otherwise. The report stays as it is;
    the dataset's page shows who let it pass and why. Sysadmins only.

    :param id: id of the version
    :type id: str
    :param reason: why, for the public; at least 10 characters
    :type reason: str

    :returns: the version, with ``override``
    :raises NotFound: no such version
    :raises ValidationError: it is not rejected, or (``code``: ``override-impossible``)
        it holds errors that keep rows from being loaded
    """
    version = Version.get(data_dict["id"])
    if version is None:
        raise tk.ObjectNotFound(tk._("Version not found"))
    tk.check_access("gpo_quality_version_override", context, data_dict)
    package = model.Package.get(version.package_id)
    if package is None:
        raise tk.ObjectNotFound(tk._("Dataset not found"))
    with locks.dataset_lock(package.id):
        model.Session.refresh(version)
        _check(version)
        acting = actor(context, package.owner_org)
        version.enter(State.PASSED, acting, data_dict["reason"])
        model.Session.commit()
    jobs.enqueue(version.id)
    return dictize.version(version, package.name)


def _check(version: Version) -> None:
    if version.state != State.REJECTED.value:
        raise tk.ValidationError(
            {"id": [tk._("Only a rejected version is overridden")]}
        )
    if version.schema_hash != schema_hash(table(version.table_ref)):
        _refuse(tk._("The schema has changed since: hand the file in again"))
    if rules := blockers(version.report):
        message = tk._("These errors keep rows from being loaded: {rules}")
        _refuse(message.format(rules=", ".join(rules)))


def _refuse(message: str) -> None:
    raise tk.ValidationError({"id": [message], "code": ["override-impossible"]})
