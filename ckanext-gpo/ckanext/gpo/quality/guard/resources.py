"""What a dataset says of its files and rows: the gate's word, for nobody else to change."""

from __future__ import annotations

from typing import Any

import ckan.plugins.toolkit as tk
from ckan.types import Context, DataDict

from ckanext.gpo.common.tables import Table
from ckanext.gpo.common.web import downloads
from ckanext.gpo.quality.model import Version
from ckanext.gpo.quality.publication import record

WRITTEN_BY_PEOPLE = frozenset({"name", "description"})
"""Fields of the table's resource that describe it; all others are the platform's."""

FROM_DATA_PACKAGE = frozenset({"format", "info_items"})
"""Fields that the catalogue takes over from the Data Package, which may have changed."""

IGNORED_BY_CKAN = frozenset({"package_id", "position", "state", "revision_timestamp"})

_BLANK: tuple[Any, ...] = (None, "", {}, [])


def stored_resources(context: Context, package_id: str) -> list[dict[str, Any]]:
    """The resources of a dataset before the change, as `package_show` tells them."""
    original = context.get("original_package")
    if original and original.get("id") == package_id:
        return original["resources"]
    reader = Context(ignore_auth=True, user=context.get("user", ""), use_cache=False)
    return tk.get_action("package_show")(reader, {"id": package_id})["resources"]


def hold_resources(
    context: Context,
    data_dict: DataDict,
    table: Table | None,
    stored: list[dict[str, Any]],
    published: Version | None,
) -> None:
    """Let a dataset have its table's files and nothing else, and say of them what is so.

    What the gate has built is filled in where the caller leaves it out; least of all an
    upload or an address elsewhere is taken.

    :raises ValidationError: on the fields of `resources` that nobody may change
    """
    resources = data_dict.get("resources") or []
    if not isinstance(resources, list) or not all(
        isinstance(r, dict) for r in resources
    ):
        raise tk.ValidationError({"resources": [tk._("A list of objects expected")]})
    expected = stored or ([{"url": address(table), "format": "CSV"}] if table else [])
    if len(resources) == len(expected) == 1 and stored:
        resources[0]["id"] = resources[0].get("id") or stored[0]["id"]
    if len(resources) != len(expected) and (stored or resources):
        _refuse_fields(
            max(len(resources), 1), ["id" if len(resources) < len(stored) else "url"]
        )
    built = (
        record.statements(published, table) if published and table else record.NOTHING
    )
    free = WRITTEN_BY_PEOPLE | (
        FROM_DATA_PACKAGE if context.get("ignore_auth") else frozenset()
    )
    for place, (resource, reference) in enumerate(
        zip(resources, expected, strict=False), 1
    ):
        if refused := keep(resource, reference, built, free):
            _refuse_fields(place, refused)
    if resources:
        data_dict["resources"] = resources


def _refuse_fields(place: int, names: list[str]) -> None:
    # `resource_create` and `resource_update` look for the errors of their resource at
    # its place in the list.
    message = tk._(
        "The files of a dataset and what it says of them come from its versions only: "
        "use gpo_quality_version_submit"
    )
    errors: list[str | dict[str, Any]] = [{} for _ in range(place)]
    errors[-1] = {name: [message] for name in names}
    raise tk.ValidationError({"resources": errors})


def address(table: Table) -> str:
    """Where the table's file is downloaded, from the first day on."""
    return downloads.address(table.dataset_name)


def keep(
    resource: dict[str, Any],
    stored: dict[str, Any],
    built: dict[str, Any],
    free: frozenset[str],
) -> list[str]:
    """Fill in what a caller left out, and name the fields that he must not change.

    :param resource: the resource as the caller wants it; gets what is stored
    :param stored: the resource as `package_show` tells it; empty for a new one
    :param built: what the published version says, see `record.statements`, or that
        there is none
    :param free: names of fields that this caller may change
    """
    refused = []
    for name in sorted((resource.keys() | stored.keys()) - free - IGNORED_BY_CKAN):
        value = resource.get(name)
        if name in built and _same(value, built[name]):
            continue
        if _is_blank(value):
            resource.pop(name, None)
            if name in stored:
                resource[name] = stored[name]
        elif not _same(value, stored.get(name)):
            refused.append(name)
    return refused


def _is_blank(value: Any) -> bool:
    # An upload field that was left empty is a file without a name, which is false.
    return value in _BLANK or (hasattr(value, "filename") and not value)


def _same(value: Any, stored: Any) -> bool:
    return value == stored or (
        not isinstance(stored, (dict, list)) and str(value) == str(stored)
    )
