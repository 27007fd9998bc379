"""The data dictionary: what a column holds, and its rules, in words."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from ckanext.gpo.common import labels, tables
from ckanext.gpo.common.tables import Table

Translate = Callable[[str], str]


@dataclass(frozen=True)
class Entry:
    """One column in words."""

    name: str
    label: str
    type: str
    unit: str
    description: str
    rules: list[str]
    example: str


def entries(table: Table, english: bool, _: Translate) -> list[Entry]:
    """The dictionary of a table, in the order of its columns."""
    keys = {name: key for key in table.foreign_keys for name in key.fields}
    described: list[Entry] = []
    for field in table.fields:
        rules = _rules(field, _)
        if field["name"] in table.primary_key:
            rules.insert(0, _("Key of the table"))
        if field["name"] in keys:
            rules.append(
                _("Occurs in {table}").format(
                    table=_title(keys[field["name"]].table_ref, english)
                )
            )
        described.append(
            Entry(
                name=field["name"],
                label=labels.title(field, english),
                type=type_name(field["type"], _),
                unit=field.get("unit", ""),
                description="" if english else field.get("description", ""),
                rules=rules,
                example=str(field.get("example", "")),
            )
        )
    return described


def _title(ref: str, english: bool) -> str:
    table = tables.table(ref)
    return (table.descriptor.get("title_en") if english else None) or table.title


def type_name(name: str, _: Translate) -> str:
    """A Table Schema type as a word."""
    return {
        "string": _("Text"),
        "integer": _("Whole number"),
        "number": _("Number"),
        "date": _("Date"),
        "datetime": _("Date and time"),
        "year": _("Year"),
        "yearmonth": _("Year and month"),
        "boolean": _("Yes or no"),
    }.get(name, name)


def _rules(field: dict[str, Any], _: Translate) -> list[str]:
    limits = field.get("constraints", {})
    in_time = field["type"] in ("date", "datetime", "year", "yearmonth")
    words = {
        "minimum": _("Not before {limit}") if in_time else _("At least {limit}"),
        "maximum": _("Not after {limit}") if in_time else _("At most {limit}"),
        "minLength": _("At least {limit} characters"),
        "maxLength": _("At most {limit} characters"),
        "pattern": _("Form: {limit}"),
    }
    rules = [_("Must be filled in")] if limits.get("required") else []
    if limits.get("unique"):
        rules.append(_("Occurs once"))
    if "enum" in limits:
        values = " / ".join(map(str, limits["enum"]))
        rules.append(_("One of: {values}").format(values=values))
    check = _check(field.get("gpo:check"), _)
    if check:
        del words["pattern"]  # the check says the same, in words
    rules += [
        words[name].format(limit=limits[name]) for name in words if name in limits
    ]
    return [*rules, check] if check else rules


def _check(kind: str | None, _: Translate) -> str:
    return {
        "uscc": _("Unified social credit code with a right check digit (GB 32100)"),
        "project_code": _("Project code, as 2017-320402-48-01-500001"),
        "division": _("Division code of six digits (GB/T 2260)"),
    }.get(kind or "", "")
