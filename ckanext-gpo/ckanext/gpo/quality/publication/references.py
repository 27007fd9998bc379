"""What a table refers to: published already, or waited for."""

from __future__ import annotations

from ckanext.gpo.common.tables import Table
from ckanext.gpo.quality.engine import Reference
from ckanext.gpo.quality.model import Version

from . import datastore, record


def unpublished(table: Table) -> list[str]:
    """Tables that this one refers to and that nobody has published yet."""
    referred = {key.table_ref for key in table.foreign_keys} - {table.ref}
    return sorted(r for r in referred if Version.get_published_for_table(r) is None)


def published_keys(table: Table) -> list[Reference]:
    """The keys of what a table refers to, as they are published now."""
    keys: list[Reference] = []
    for key in table.foreign_keys:
        published = Version.get_published_for_table(key.table_ref)
        if published:
            resource_id = record.resource_id(published.package_id)
            keys.append(Reference(key, datastore.keys(resource_id, key)))
    return keys


def published_rows(table: Table) -> int:
    """How many rows of a table are public now; 0 if it is not published."""
    published = Version.get_published_for_table(table.ref)
    return (published and published.row_count) or 0
