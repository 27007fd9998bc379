"""What the page of one record shows."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace
from typing import Any
from urllib.parse import urlencode

import ckan.plugins.toolkit as tk
from ckan.types import Context

from ckanext.gpo.common import clock, dossiers, tables
from ckanext.gpo.common.tables import Table
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


def find(context: Context, dataset: str, address: Address) -> dict[str, Any] | None:
    """The answer of `gpo_dataapi_record_show`; None if there is no such record.

    :param dataset: name or id
    """
    try:
        return lookup.record(context, dataset, address.key, address.version)
    except tk.ValidationError:
        return None  # the key is none of this table


def former(table: Table, address: Address) -> dict[str, Any] | None:
    """The record as the version before the present one had it, if it did.

    Only that one is looked into: a file is read for it.
    """
    earlier = [
        publication["version"]
        for publication in lookup.publications([table.ref])[table.ref]
        if publication["state"] == "superseded"
    ]
    if address.version is not None or not earlier:
        return None
    replaced = replace(address, version=earlier[-1])
    return find(lookup.public_context(), table.dataset_name, replaced)


def content(
    pkg: dict[str, Any], table: Table, answer: dict[str, Any]
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
    references, referring = _neighbours(table, record) if is_current else ([], [])
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
        "references": [group for group in references if group["total"]],
        "referring": [group for group in referring if group["total"]],
        "history": history_address(pkg["name"], answer["key"]),
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


def history_address(dataset: str, key: Mapping[str, Any]) -> str:
    """The address of the page about the changes of a record."""
    page = tk.url_for("gpo_explore.record_history", id=dataset)
    return f"{page}?{records.record_query(dataset, key)}"


def _dossiers(table: Table, record: Mapping[str, Any]) -> list[dict[str, str]]:
    """The dossiers that the record belongs to, those of projects first, each once.

    :returns: `[{kind, code, name}]`
    """
    form = row_format(table.ref)
    listed: dict[tuple[str, str], dict[str, str]] = {}
    for field in table.fields:
        kind, code = dossiers.kind(field), str(record.get(field["name"]))
        if not dossiers.is_code(kind, code):
            continue
        named = (
            record.get(dossiers.name_column(field["name"]))
            or record.get(form.name)
            or ""
        )
        listed.setdefault(
            (kind, code), {"kind": kind, "code": code, "name": str(named)}
        )
    return sorted(listed.values(), key=lambda d: d["kind"] != dossiers.PROJECT)


def _neighbours(
    table: Table, record: Mapping[str, Any]
) -> tuple[list[dict[str, Any]], list[dict[str, Any]]]:
    """Public records that this one refers to, and those that refer to it, by foreign keys.

    Of a table they are the newest, as snippets/neighbours.html takes them. What may not
    stand in a dossier is no neighbour either.
    """
    references = [
        (key.table_ref, _pairs(record, key.fields, key.reference_fields))
        for key in table.foreign_keys
    ]
    referring = [
        (other.ref, _pairs(record, key.reference_fields, key.fields))
        for other in tables.tables().values()
        for key in other.foreign_keys
        if key.table_ref == table.ref
    ]
    public = lookup.public_tables([ref for ref, _ in (*references, *referring)])
    directions = [_filters(public, references), _filters(public, referring)]
    answers = iter(
        lookup.rows(
            [
                lookup.Question(public[ref], filters)
                for direction in directions
                for ref, filters in direction
            ],
            limit=NEIGHBOURS,
        )
    )
    groups = [
        [_group(ref, filters, next(answers)) for ref, filters in direction]
        for direction in directions
    ]
    return groups[0], groups[1]


def _pairs(
    record: Mapping[str, Any], own: tuple[str, ...], other: tuple[str, ...]
) -> dict[str, Any]:
    """The values of a record under the names that another table has for them."""
    return {name: record.get(mine) for mine, name in zip(own, other, strict=True)}


def _filters(
    public: Collection[str], wishes: list[tuple[str, dict[str, Any]]]
) -> list[tuple[str, dict[str, Any]]]:
    """Filters on public tables, by refs of tables with the values that rows are to have."""
    return [
        (ref, {**row_format(ref).conditions(clock.today()), **values})
        for ref, values in wishes
        if ref in public and None not in values.values()
    ]


def _group(
    table_ref: str, filters: Mapping[str, Any], answer: lookup.Rows
) -> dict[str, Any]:
    table, form = tables.table(table_ref), row_format(table_ref)
    title_en = table.descriptor.get("title_en", "")
    return {
        "table": {"title": table.title, "title_en": title_en},
        "dataset": table.dataset_name,
        "address": _rows_address(table.dataset_name, filters),
        "total": answer.total,
        "exact": answer.exact,
        "records": [
            {
                "key": records.record_key(table, record),
                "number": record.get(form.number),
                "date": record.get(form.date),
                "name": record.get(form.name),
            }
            for record in answer.records
        ],
    }


def _rows_address(dataset_name: str, filters: Mapping[str, Any]) -> str:
    """The page of a table's rows, narrowed by filters of one comparison each."""
    state = {
        f"{name}.{operator}": value
        for name, condition in filters.items()
        for operator, value in (
            condition if isinstance(condition, dict) else {"eq": condition}
        ).items()
    }
    page = tk.url_for("gpo_rows.table", id=dataset_name)
    return f"{page}?{urlencode(state)}"


def _other_versions(table: Table, version: int) -> list[dict[str, Any]]:
    """The other publications that everybody may read, the newest first.

    :param version: number of the version that is read now
    """
    return [
        publication
        for publication in reversed(lookup.publications([table.ref])[table.ref])
        if publication["state"] in lookup.READABLE and publication["version"] != version
    ][:OTHER_VERSIONS]
