"""The activity stream remembers who could see a dataset then; what counts is now."""

from __future__ import annotations

import sqlalchemy as sa

import ckan.plugins as p
from ckan import model
from ckan.lib.plugins import get_permission_labels

from ckanext.activity.model import Activity


def withdraw(package: model.Package) -> None:
    """Keep what was told of a dataset that is no longer public for who may see it."""
    labels = get_permission_labels().get_dataset_labels(package)
    if "public" in labels or not p.plugin_loaded("activity"):
        return
    model.Session.execute(
        sa.update(Activity)
        .where(Activity.object_id == package.id)
        .values(permission_labels=labels)
        .execution_options(synchronize_session=False)
    )
    model.Session.commit()
