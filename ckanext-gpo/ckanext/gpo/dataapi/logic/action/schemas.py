"""The schemas of published tables."""

from __future__ import annotations

from typing import Any

import ckan.plugins.toolkit as tk
from ckan.types import Context, DataDict

from ckanext.gpo.common import tables
from ckanext.gpo.common.tables import Table
from ckanext.gpo.dataapi.logic import record_schema as schema
from ckanext.gpo.dataapi.questions import ask


@tk.side_effect_free
@tk.validate_action_data(schema.schema_show)
def gpo_dataapi_schema_show(context: Context, data_dict: DataDict) -> dict[str, Any]:
    """Show the schema of a dataset's published table.

    :param dataset: name or id of the dataset
    :type dataset: str

    :returns: ``{dataset, version, published, table_ref, title, title_en, description,
        row_count, schema}``; ``schema`` is a Table Schema (Frictionless) with the fields
        that the published rows have, each with its ``title`` in Chinese and ``title_en``,
        and the keys; the ``resource`` of a foreign key is the name of a dataset
    :raises NotFound: nothing is published of the dataset, or the reader may not see it
    """
    tk.check_access("gpo_dataapi_schema_show", context, data_dict)
    with ask(context, data_dict["dataset"]) as question:
        publication, fields = question.publication, question.fields
    table = publication.table
    return {
        **publication.source,
        "table_ref": table.ref,
        "title": table.title,
        "title_en": table.descriptor.get("title_en", ""),
        "description": table.description,
        "row_count": publication.row_count,
        "schema": {
            "fields": [field for field in table.fields if field["name"] in fields],
            "primaryKey": list(table.primary_key),
            "foreignKeys": _foreign_keys(table),
        },
    }


def _foreign_keys(table: Table) -> list[dict[str, Any]]:
    return [
        {
            "fields": list(key.fields),
            "reference": {
                "resource": tables.table(key.table_ref).dataset_name,
                "fields": list(key.reference_fields),
            },
        }
        for key in table.foreign_keys
    ]
