"""What the catalogue puts into a dataset's document of the search index, and takes out."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from ckanext.gpo.common.errors import UnknownTable
from ckanext.gpo.common.tables import table_of_dataset

from . import intranet

CHINA = ZoneInfo("Asia/Shanghai")

COLUMNS = "extras_columns"
"""The names and descriptions of a table's columns; text, found with the rest of it."""

COLUMN_PARTS = ("title", "title_en", "name", "description")
"""What is told of a column, divided by tabs; the columns are divided by line ends."""

YEAR = "year"
"""The year in China in which the dataset changed last; a facet."""


def prepare(document: dict[str, Any]) -> None:
    """Complete a document, by CKAN's names of its fields."""
    intranet.remove_from_document(document)
    columns = _columns(document["name"])
    if columns:
        document[COLUMNS] = columns
    if modified := document.get("metadata_modified"):
        moment = datetime.fromisoformat(modified.replace("Z", "+00:00"))
        document[YEAR] = str(moment.astimezone(CHINA).year)


def _columns(dataset: str) -> str:
    """One line for each column, see `COLUMN_PARTS`."""
    try:
        fields = table_of_dataset(dataset).fields
    except UnknownTable:
        return ""
    return "\n".join(
        "\t".join(" ".join(field.get(part, "").split()) for part in COLUMN_PARTS)
        for field in fields
    )
