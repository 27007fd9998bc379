"""A dataset's catalogue record, made from the Data Package of its table.

Pure: YAML in, the dict that `package_create` takes out. Enumerations are written in words
in the packages and become values of codes.yaml here.
"""

from __future__ import annotations

from typing import Any

from ckanext.gpo.common.tables import Table

from . import codes, reference

CODED = (
    "cat_lei",
    "fmt_class",
    "fmt_type",
    "share_type",
    "share_mode_class",
    "share_mode_type",
    "is_open",
    "open_type",
    "update_freq",
    "data_kind",
)
"""Fields of the block `gpo:` that hold a value, or a Chinese label, of the same list."""

AS_WRITTEN = (
    "cat_xiang",
    "cat_mu",
    "cat_ximu",
    "res_code",
    "fmt_note",
    "share_condition",
    "open_condition",
    "issued",
    "related_codes",
    "license_id",
    "provenance",
    "division_code",
    "temporal_start",
    "temporal_end",
    "url",
    "provider_unit",
    "contact_name",
    "contact_phone",
    "contact_email",
)
"""Fields of the block `gpo:` that are taken over unchanged."""

FIXED_LENGTH = {"date": 10, "yearmonth": 7, "year": 4}


def dataset(table: Table) -> dict[str, Any]:
    """The metadata of a table's dataset, without what only the gate knows.

    :raises GpoError: `code-unknown`, a word is in no code list
    """
    block = table.gpo
    return {
        "type": "dataset",
        "name": table.dataset_name,
        "title": table.title,
        "title_en": table.descriptor.get("title_en", ""),
        "notes": table.description,
        "notes_en": table.descriptor.get("description_en", ""),
        "table_ref": table.ref,
        "groups": [{"name": table.domain}],
        "tags": [{"name": tag} for tag in block.get("tags", [])],
        "provider_code": reference.department(block["organization"])["uscc"],
        **{f: codes.code_value(f, block[f]) for f in CODED if f in block},
        **{f: block[f] for f in AS_WRITTEN if f in block},
    }


def resource(table: Table) -> dict[str, Any]:
    """The one resource of a dataset: the table itself."""
    return {
        "name": table.title,
        "format": "CSV",
        "info_items": information_items(table),
    }


def information_items(table: Table) -> dict[str, dict[str, Any]]:
    """1272号 item 8 (信息项信息): column → its name, data type and length.

    The length is told where the schema bounds it; `data_type` is a value of the code
    list of that name.
    """
    return {field["name"]: _information_item(field) for field in table.fields}


def _information_item(field: dict[str, Any]) -> dict[str, Any]:
    kind = field.get("type", "string")
    item = {"title": field["title"], "data_type": _data_type(kind)}
    length = field.get("constraints", {}).get("maxLength", FIXED_LENGTH.get(kind))
    return item | ({"length": length} if length else {})


def _data_type(kind: str) -> str:
    return next(
        entry["value"]
        for entry in codes.entries("data_type")
        if kind in entry.get("frictionless", [])
    )
