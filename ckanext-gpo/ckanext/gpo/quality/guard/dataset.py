"""What a dataset may say of itself: type, visibility, address, department."""

from __future__ import annotations

from typing import Any

import ckan.plugins.toolkit as tk
from ckan import model
from ckan.lib.plugins import lookup_package_plugin
from ckan.types import Context, DataDict

from ckanext.gpo.common.tables import Table
from ckanext.gpo.quality.model import Version
from ckanext.gpo.quality.publication import removal

from . import scope


def registered_type(value: Any) -> str:
    """The package type of a new record; empty means dataset.

    :raises ValidationError: an unknown type would be shown as a dataset and be held by
        nobody
    """
    name = value or scope.TYPE
    plugin = lookup_package_plugin(name) if isinstance(name, str) else None
    if name not in getattr(plugin, "package_types", list)():
        raise tk.ValidationError(
            {"type": [tk._("There is no such type; rows and files are a dataset's")]}
        )
    return name


def hold_private(
    context: Context, data_dict: DataDict, published: Version | None
) -> None:
    """Refuse to make a dataset public without a published version.

    :raises ValidationError: on `private`
    """
    # CKAN's own reading of the value, made once: "on" is true for others and false for it.
    read = tk.get_validator("boolean_validator")
    data_dict["private"] = read(data_dict["private"], context)  # type: ignore[call-arg]
    if published is None and not data_dict["private"]:
        raise tk.ValidationError(
            {
                "private": [
                    tk._("Only a version that has passed the gate makes it public")
                ]
            }
        )


def hold_name(data_dict: DataDict, package: model.Package) -> None:
    """Keep the name of a table's dataset: downloads, versions and schema go by it.

    :raises ValidationError: on `name`
    """
    name = data_dict.get("name") or package.name
    if name != package.name and (
        scope.find_table(name) or scope.find_table(package.name)
    ):
        raise tk.ValidationError(
            {"name": [tk._("The address of a table's dataset does not change")]}
        )


def hold_department(table: Table, organization: Any, field: str) -> None:
    """Leave a table to the department that its Data Package names.

    :raises ValidationError: on the field
    """
    department = (
        model.Group.get(organization) if isinstance(organization, str) else None
    )
    if department is None or department.name != table.gpo["organization"]:
        message = tk._("The Data Package gives this table to the department {name}")
        raise tk.ValidationError(
            {field: [message.format(name=table.gpo["organization"])]}
        )


def refuse_known_id(id_: Any) -> None:
    """Refuse the id of a purged dataset, whose versions would be the new one's.

    :raises ValidationError: on `id`
    """
    if id_ and removal.is_known(str(id_)):
        raise tk.ValidationError(
            {"id": [tk._("This id belonged to another dataset; leave it out")]}
        )


def hold_no_files(data_dict: DataDict) -> None:
    """Refuse resources of what is no dataset.

    :raises ValidationError: on `resources`
    """
    if data_dict.get("resources"):
        raise tk.ValidationError(
            {"resources": [{"url": [tk._("Only datasets have files")]}]}
        )
