"""Datasets as a stock CKAN knows them, for its harvester.

A stock CKAN has one type of package and knows no field of ours: what it does not know goes
into its extras. Each file is a resource, and the identifiers stay the same.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from typing import Any, Final
from uuid import UUID, uuid5

from ckanext.gpo.common import formats

from .records import DatasetRecord, File

OWN_PLACE: Final = frozenset(
    {"title", "name", "notes", "owner_org", "tag_string", "license_id", "url"}
)
"""Fields for which a stock CKAN has a place."""


def stock_package(
    pkg: Mapping[str, Any], record: DatasetRecord, fields: Iterable[str], page: str
) -> dict[str, Any]:
    """A dataset, as `package_show` answers here, as it answers there.

    :param fields: the public fields of our schema
    :param page: address of the dataset's page
    """
    contact = record.contact
    return {
        "id": record.id,
        "name": record.name,
        "title": record.title.chinese,
        "notes": record.notes.chinese,
        "type": "dataset",
        "state": "active",
        "private": False,
        "url": page,
        "author": record.publisher.title.chinese,
        "maintainer": contact.name.chinese,
        "maintainer_email": contact.email or None,
        "license_id": record.licence.id,
        "metadata_created": pkg["metadata_created"],
        "metadata_modified": pkg["metadata_modified"],
        "owner_org": pkg["owner_org"],
        "organization": stock_group(pkg["organization"]),
        "groups": [stock_group(group) for group in pkg["groups"]],
        "tags": [{"name": keyword} for keyword in record.keywords],
        "extras": _extras(pkg, record, fields),
        "resources": _resources(pkg, record),
    }


def stock_group(group: Mapping[str, Any]) -> dict[str, Any]:
    """A domain or a department."""
    kind = group.get("type") or "group"
    return {
        "id": group["id"],
        "name": group["name"],
        "title": group.get("title") or group["name"],
        "description": group.get("description") or "",
        "image_url": "",
        "type": kind,
        "is_organization": kind == "organization",
        "state": "active",
    }


def _extras(
    pkg: Mapping[str, Any], record: DatasetRecord, fields: Iterable[str]
) -> list[dict[str, str]]:
    values = {field: pkg.get(field) for field in fields if field not in OWN_PLACE}
    values["landing_page"] = pkg.get("url")
    values["provider_code"] = record.publisher.code
    for resource in pkg["resources"]:
        values["info_items"] = resource.get("info_items")
        values["row_count"] = resource.get("row_count")
    return [
        {"key": key, "value": _text(value)}
        for key, value in sorted(values.items())
        if value not in (None, "", [], {})
    ]


def _text(value: Any) -> str:
    return value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)


def _resources(
    pkg: Mapping[str, Any], record: DatasetRecord
) -> Sequence[dict[str, Any]]:
    return [
        _resource(pkg, record, file, position)
        for position, file in enumerate(record.files)
    ]


def _resource(
    pkg: Mapping[str, Any], record: DatasetRecord, file: File, position: int
) -> dict[str, Any]:
    label = formats.label(file.kind)
    return {
        "id": str(uuid5(UUID(record.id), file.kind)),
        "package_id": record.id,
        "position": position,
        "name": f"{record.title.chinese} ({label})",
        "description": "",
        "url": file.url,
        "format": label,
        "mimetype": formats.MEDIA_TYPES[file.kind],
        "size": file.size,
        "hash": file.sha256,
        "created": pkg["metadata_created"],
        "last_modified": pkg["metadata_modified"],
        "state": "active",
    }
