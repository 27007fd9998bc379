"""What the catalogue puts into a dataset's document of the search index, and takes out."""

from __future__ import annotations

import contextlib
import json
from collections.abc import Iterable
from typing import Any

from ckanext.gpo.common import clock, formats
from ckanext.gpo.common.errors import UnknownTable
from ckanext.gpo.common.tables import Table, dataset_table

from . import intranet, reference

COLUMNS = "extras_columns"
"""The names and descriptions of a table's columns; text, found with the rest of it."""

COLUMN_PARTS = ("title", "title_en", "name", "description")
"""What is told of a column, divided by tabs; the columns are divided by line ends."""

DEPARTMENTS = "extras_departments"
DOMAINS = "extras_domains"
"""The titles of the departments that answer for a dataset or an item, and of its domains,
also that of the standard catalogue. CKAN itself indexes their codes only; old and short
names of departments are synonyms of these titles."""

FORMATS = "res_format"

YEAR = "year"
"""The year in China in which the dataset changed last; a facet."""


def prepare(document: dict[str, Any]) -> None:
    """Complete a document, by CKAN's names of its fields."""
    intranet.remove_from_document(document)
    with contextlib.suppress(UnknownTable):
        document[COLUMNS] = columns(dataset_table(document["name"]))
    dataset = json.loads(document["validated_data_dict"])
    document[DEPARTMENTS] = "\n".join(_departments(dataset))
    document[DOMAINS] = "\n".join(_domains(dataset))
    document[FORMATS] = _formats(document.get(FORMATS, []), dataset)
    if modified := document.get("metadata_modified"):
        document[YEAR] = str(clock.in_china(modified).year)


def _departments(dataset: dict[str, Any]) -> list[str]:
    """The department that keeps it, and those that an item names as its publishers."""
    organization: dict[str, Any] = dataset.get("organization") or {}
    owner: str = organization.get("title") or ""
    named: list[str] = dataset.get("publishers") or []
    titles = {d["name"]: d["title"] for d in reference.departments()}
    return list(dict.fromkeys([owner, *(titles[n] for n in named if n in titles)]))


def _domains(dataset: dict[str, Any]) -> list[str]:
    titles = {d["name"]: d["catalogue_title"] for d in reference.domains()}
    groups: list[dict[str, Any]] = dataset.get("groups") or []
    return list(
        dict.fromkeys(
            title
            for group in groups
            for title in (group.get("title", ""), titles.get(group.get("name"), ""))
            if title
        )
    )


def _formats(of_resources: list[str], dataset: dict[str, Any]) -> list[str]:
    """The formats of a dataset's resources and of their download files."""
    resources: list[dict[str, Any]] = dataset.get("resources") or []
    downloads: list[Iterable[str]] = [r.get("downloads") or () for r in resources]
    labels = [formats.label(kind) for kinds in downloads for kind in kinds]
    return list(dict.fromkeys([*of_resources, *labels]))


def columns(table: Table) -> str:
    """One line for each column of a table, see `COLUMN_PARTS`."""
    return "\n".join(
        "\t".join(" ".join(field.get(part, "").split()) for part in COLUMN_PARTS)
        for field in table.fields
    )
