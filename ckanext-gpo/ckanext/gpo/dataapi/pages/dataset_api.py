"""The page about the API of one dataset: its fields, its addresses, programs to copy."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode

import ckan.plugins.toolkit as tk
from ckan.types import Context

from ckanext.gpo.common.errors import UnknownTable
from ckanext.gpo.common.rest.operations import BASE
from ckanext.gpo.common.tables import Table
from ckanext.gpo.common.tables import table as find_table
from ckanext.gpo.common.web import cells, downloads
from ckanext.gpo.dataapi import questions
from ckanext.gpo.dataapi.examples import examples


def content(context: Context, pkg: dict[str, Any]) -> dict[str, Any]:
    """The variables of `gpo_dataapi/dataset_api.html`.

    :raises ObjectNotFound: the dataset has no table, or nothing of it is published
    """
    try:
        table = find_table(pkg.get("table_ref") or "")
    except UnknownTable as err:
        message = tk._("This dataset has no table with records.")
        raise tk.ObjectNotFound(message) from err
    publication = questions.publication(context, pkg["name"])
    places = addresses(pkg["name"], table)
    return {
        "pkg": pkg,
        "publication": publication,
        "addresses": places,
        "columns": cells.columns(table.fields, [], tk.h.gpo_common_english()),
        "key": table.primary_key,
        "examples": examples(places, tk._),
    }


def addresses(dataset: str, table: Table) -> dict[str, str]:
    """What programs call, by the names that `examples` has for it."""
    site = tk.config["ckan.site_url"].rstrip("/")
    base = f"{site}{BASE}/datasets/{dataset}"
    return {
        "site": site,
        "dataset": dataset,
        "records": f"{base}/records",
        "aggregate": f"{base}/aggregate?{urlencode(grouping(table))}",
        "schema": f"{base}/schema",
        "openapi": f"{base}/openapi.json",
        "csv": downloads.address(dataset, "csv"),
        "parquet": downloads.address(dataset, "parquet"),
        "package": downloads.address(dataset, "zip"),
    }


def grouping(table: Table) -> dict[str, str]:
    """A question that makes a chart: how many records there are of each word of a list."""
    listed = (f for f in table.fields if "enum" in f.get("constraints", {}))
    field = next(listed, table.fields[0])
    return {"group_by": field["name"], "measures": "count", "sort": "-count"}
