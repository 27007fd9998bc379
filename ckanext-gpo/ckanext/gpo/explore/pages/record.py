"""What the page of one record shows."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

import ckan.plugins.toolkit as tk
from ckan.types import Context

from ckanext.gpo.common import clock, dossiers, tables
from ckanext.gpo.common.tables import ForeignKey, Table
from ckanext.gpo.common.web import calls, cells, dictionary, records
from ckanext.gpo.explore import lookup
from ckanext.gpo.explore.dossiers import row_format

NEIGHBOURS = 10
"""Rows of one table that refer to the record, as far as its page lists them."""

OTHER_VERSIONS = 20
"""Versions in which the page offers to look the record up."""


@dataclass(frozen=True)
class Address:
    """Which record a query string names; `version` is None for the present one."""

    key: Mapping[str, str]
    version: int | None


def read_address(table: Table, arguments: Mapping[str, str]) -> Address | None:
    """The record that is asked for; None if no record can have such a key."""
    key = {name: arguments.get(name, "") for name in table.primary_key}
    if not key or "" in key.values() or any("\0" in value for value in key.values()):
        return None
    version = arguments.get(records.VERSION, "")
    if records.VERSION in table.primary_key or not version:
        return Address(key, None)
    is_number = version.isascii() and version.isdecimal() and len(version) < 10
    return Address(key, int(version)) if is_number else None


def find(context: Context, table: Table, address: Address) -> dict[str, Any] | None:
    """The answer of `gpo_dataapi_record_show`; None if there is no such record."""
    try:
        return lookup.record(table.ref, address.key, address.version, context)
    except tk.ValidationError:
        return None  # the key is none of this table


def former(table: Table, address: Address) -> dict[str, Any] | None:
    """The record as the version before the present one had it, if it did.

    Only that one is looked into: a file is read for it.
    """
    earlier = [
        publication["version"]
        for publication in lookup.publications(table.ref)
        if publication["state"] == "superseded"
    ]
    if address.version is not None or not earlier:
        return None
    return find(lookup.public_context(), table, replace(address, version=earlier[-1]))


def content(
    context: Context, pkg: dict[str, Any], table: Table, answer: dict[str, Any]
) -> dict[str, Any]:
    """The variables of `gpo_explore/record.html`.

    :param answer: of `gpo_dataapi_record_show`
    """
    english = tk.h.gpo_common_english()
    record, form = answer["record"], row_format(table.ref)
    described = {
        entry.name: entry for entry in dictionary.entries(table, english, tk._)
    }
    columns = cells.columns(table.fields, [record], english)
    is_current = answer["version"] == answer["current"]
    site = tk.config["ckan.site_url"]
    return {
        "pkg": pkg,
        "answer": answer,
        "is_current": is_current,
        "name": record.get(form.name) or "",
        "title": " · ".join(str(value) for value in answer["key"].values()),
        "fields": [(column, record.get(column.name)) for column in columns],
        "dictionary": described,
        "dossiers": _dossiers(table, record),
        "references": _references(context, table, record) if is_current else [],
        "referring": _referring(context, table, record) if is_current else [],
        "other_versions": _other_versions(table, answer["version"]),
        "citation": site.rstrip("/")
        + tk.h.gpo_common_record(pkg["name"], answer["key"], answer["version"]),
        "call": calls.action_call(
            site,
            "gpo_dataapi_record_show",
            {"dataset": pkg["name"], "key": answer["key"]}
            | ({} if is_current else {"version": answer["version"]}),
        ),
    }


def _dossiers(table: Table, record: Mapping[str, Any]) -> list[dict[str, str]]:
    """The dossiers that the record belongs to, those of projects first, each once."""
    bearing = {
        (dossiers.kind(field), record.get(field["name"])): field
        for field in reversed(table.fields)
        if dossiers.is_code(dossiers.kind(field), record.get(field["name"]))
    }
    listed = [{"kind": kind, "code": str(code)} for kind, code in bearing]
    return sorted(listed, key=lambda d: (d["kind"] != dossiers.PROJECT, d["code"]))


def _references(
    context: Context, table: Table, record: Mapping[str, Any]
) -> list[dict[str, Any]]:
    """The records that this one refers to by its foreign keys."""
    listed: list[dict[str, Any]] = []
    for key in table.foreign_keys:
        values = {
            reference: record.get(name)
            for name, reference in zip(key.fields, key.reference_fields, strict=True)
        }
        if None not in values.values():
            listed.append(_neighbours(context, key.table_ref, values))
    return [neighbours for neighbours in listed if neighbours["total"]]


def _referring(
    context: Context, table: Table, record: Mapping[str, Any]
) -> list[dict[str, Any]]:
    """The tables with records that refer to this one, each with its newest."""
    keys = [
        (other, key)
        for other in tables.tables().values()
        for key in other.foreign_keys
        if key.table_ref == table.ref
    ]
    public = lookup.public_tables([other.ref for other, _ in keys]) if keys else {}
    listed = [
        _neighbours(context, other.ref, _values(key, record))
        for other, key in keys
        if other.ref in public
    ]
    return [neighbours for neighbours in listed if neighbours["total"]]


def _values(key: ForeignKey, record: Mapping[str, Any]) -> dict[str, Any]:
    return {
        name: record.get(reference)
        for name, reference in zip(key.fields, key.reference_fields, strict=True)
    }


def _neighbours(
    context: Context, table_ref: str, values: Mapping[str, Any]
) -> dict[str, Any]:
    """Records of a table with these values: `{table, dataset, total, exact, records}`.

    What may not stand in a dossier is no neighbour either.
    """
    table, form = tables.table(table_ref), row_format(table_ref)
    conditions = form.conditions(clock.today())
    answer = lookup.rows(
        table_ref, {**conditions, **values}, limit=NEIGHBOURS, context=context
    )
    return {
        "table": {
            "title": table.title,
            "title_en": table.descriptor.get("title_en", ""),
        },
        "dataset": table.dataset_name,
        "total": answer.total,
        "exact": answer.exact,
        "records": [
            {
                "key": records.record_key(table, record),
                "number": record.get(form.number),
                "date": record.get(form.date) if form.date else None,
                "name": record.get(form.name) if form.name else None,
            }
            for record in answer.records
        ],
    }


def _other_versions(table: Table, version: int) -> list[dict[str, Any]]:
    """The other publications that everybody may read, the newest first.

    :param version: number of the version that is read now
    """
    return [
        publication
        for publication in reversed(lookup.publications(table.ref))
        if publication["state"] in lookup.READABLE and publication["version"] != version
    ][:OTHER_VERSIONS]
