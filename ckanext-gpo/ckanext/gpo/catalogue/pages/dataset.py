"""What the page of a dataset shows, gathered from the actions of the other rooms."""

from __future__ import annotations

from typing import Any

import ckan.plugins.toolkit as tk
from ckan.types import Context

from ckanext.gpo.catalogue import config
from ckanext.gpo.catalogue.lookup import GROUP_ALONE
from ckanext.gpo.common import tables
from ckanext.gpo.common.errors import UnknownTable
from ckanext.gpo.common.tables import Table
from ckanext.gpo.common.web import calls, dictionary


def content(context: Context, pkg: dict[str, Any]) -> dict[str, Any]:
    """The variables of `gpo_catalogue/dataset.html`.

    Everything but `pkg` may be empty: a dataset without a table, without a version, or
    whose rows are not in the DataStore (yet) still has a page.
    """
    versions = tk.get_action("gpo_quality_version_list")(
        tk.fresh_context(context), {"dataset": pkg["id"]}
    )
    live = next((v for v in versions if v["state"] == "published"), None)
    resource = next(iter(pkg.get("resources", [])), None)
    table = _table(pkg)
    return {
        "pkg": pkg,
        "resource": resource,
        "versions": versions,
        "live": live,
        "overridden": _overridden(context, live),
        "newest": next(iter(versions), None),
        "first_rows": _first_rows(pkg, resource, table),
        "dictionary": dictionary.entries(table, tk.h.gpo_common_english(), tk._)
        if table
        else [],
        "calls": _calls(pkg, resource, table),
        "metadata": _metadata(pkg),
        "department": _department(context, pkg),
        "usage": _usage(context, pkg),
        "may_edit": tk.h.check_access("package_update", {"id": pkg["id"]}),
    }


def _overridden(context: Context, live: dict[str, Any] | None) -> dict[str, Any] | None:
    """The public version with its report, if it is public by an override."""
    if not (live and live["override"]):
        return None
    return tk.get_action("gpo_quality_version_show")(
        tk.fresh_context(context), {"id": live["id"]}
    )


def _table(pkg: dict[str, Any]) -> Table | None:
    try:
        return tables.table(pkg.get("table_ref") or "")
    except UnknownTable:
        return None


def _first_rows(
    pkg: dict[str, Any], resource: dict[str, Any] | None, table: Table | None
) -> dict[str, Any] | None:
    if not (resource and table and resource.get("datastore_active")):
        return None
    return tk.h.gpo_explore_first_rows(pkg, config.preview_rows())


def _calls(
    pkg: dict[str, Any], resource: dict[str, Any] | None, table: Table | None
) -> list[dict[str, Any]]:
    if not (resource and table and resource.get("datastore_active")):
        return []
    site = tk.config["ckan.site_url"]
    plain = {"dataset": pkg["name"], "limit": 5}
    examples = [
        {
            "title": tk._("The first rows"),
            "call": calls.action_call(site, "gpo_dataapi_record_list", plain),
        }
    ]
    if sample := _filter(table):
        examples.append(
            {
                "title": tk._("Only the rows with a certain value"),
                "call": calls.action_call(
                    site, "gpo_dataapi_record_list", {**plain, "filters": sample}
                ),
            }
        )
    return examples


def _filter(table: Table) -> dict[str, str]:
    """A filter that a reader would really set: a key of the chain, or an enumeration."""
    keys = [name for key in table.foreign_keys for name in key.fields]
    for field in table.fields:
        if field["name"] in (*keys, *table.primary_key) and field.get("example"):
            return {field["name"]: str(field["example"])}
    return {}


def _department(context: Context, pkg: dict[str, Any]) -> dict[str, Any] | None:
    """Who is responsible, with telephone and hours."""
    if not pkg.get("owner_org"):
        return None
    return tk.get_action("organization_show")(
        tk.fresh_context(context), {"id": pkg["owner_org"], **GROUP_ALONE}
    )


def _usage(context: Context, pkg: dict[str, Any]) -> dict[str, Any]:
    """How much it is used."""
    return tk.get_action("gpo_dataapi_usage_show")(
        tk.fresh_context(context), {"dataset": pkg["name"]}
    )


def _metadata(pkg: dict[str, Any]) -> list[dict[str, Any]]:
    """The items of 1272号 and their companions that are filled in and for this reader."""
    schema = tk.h.scheming_get_dataset_schema(pkg["type"])
    shown_elsewhere = {"title", "title_en", "name", "notes", "notes_en", "tag_string"}
    return [
        field
        for field in (schema or {}).get("dataset_fields", [])
        if field["field_name"] not in shown_elsewhere
        and field.get("display_snippet", "") is not None
        and pkg.get(field["field_name"])
    ]
