"""What describes a CSV file to programs: metadata of CSV on the Web (W3C).

https://www.w3.org/TR/tabular-metadata/. A program that follows it makes the triples of the
Turtle form out of the CSV file (csv2rdf, minimal mode).
"""

from __future__ import annotations

from typing import Any

from . import cells
from .rows import Column, Export


def metadata(
    export: Export, url: str, dataset_url: str, license_url: str = ""
) -> dict[str, Any]:
    """The description of a CSV file.

    :param url: where the file is
    :param dataset_url: where the dataset is on the portal
    """
    table = export.table
    key = list(table.primary_key)
    names = {column.name for column in export.columns}
    schema: dict[str, Any] = {
        "columns": [_column(column, dataset_url) for column in export.columns]
    }
    if key and names.issuperset(key):
        schema["primaryKey"] = key
        schema["aboutUrl"] = f"{dataset_url}/record{{?{','.join(key)}}}"
    return {
        "@context": ["http://www.w3.org/ns/csvw", {"@language": "zh"}],
        "url": url,
        "dc:title": table.title,
        "dc:description": table.description,
        "dc:source": {"@id": dataset_url},
        **({"dc:license": {"@id": license_url}} if license_url else {}),
        "tableSchema": schema,
    }


def _column(column: Column, dataset_url: str) -> dict[str, Any]:
    field = column.descriptor
    titles = {"zh": field["title"]}
    if field.get("title_en"):
        titles["en"] = field["title_en"]
    described: dict[str, Any] = {
        "name": column.name,
        "titles": titles,
        "datatype": cells.datatype(column),
        "propertyUrl": f"{dataset_url}#{column.name}",
    }
    if field.get("description"):
        described["dc:description"] = field["description"]
    if field.get("constraints", {}).get("required"):
        described["required"] = True
    return described
