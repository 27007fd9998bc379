"""The schema of a table's records, in the reader's language. Pure."""

from __future__ import annotations

from typing import Any, Final

from ckanext.gpo.common.tables import Table

_TYPES: Final = {
    "integer": "integer",
    "year": "integer",
    "number": "number",
    "boolean": "boolean",
}
"""Table Schema type → JSON type; every other value is a text."""

_FORMATS: Final = {"date": "date"}


def record(table: Table, english: bool) -> dict[str, Any]:
    """The schema of a record of a table, with the titles of its fields."""
    return {
        "type": "object",
        "additionalProperties": False,
        "properties": {
            field["name"]: value(field) | _words(field, english)
            for field in table.fields
        },
    }


def value(field: dict[str, Any], *, or_none: bool = True) -> dict[str, Any]:
    """The schema of a field's value."""
    kind = _TYPES.get(field["type"], "string")
    schema: dict[str, Any] = {"type": [kind, "null"] if or_none else kind}
    if field["type"] in _FORMATS:
        schema["format"] = _FORMATS[field["type"]]
    return schema


def title(field: dict[str, Any], english: bool) -> str:
    """The title of a field; in Chinese with its unit, which has no other name."""
    if english and field.get("title_en"):
        return field["title_en"]
    return (
        f"{field['title']} ({field['unit']})" if field.get("unit") else field["title"]
    )


def _words(field: dict[str, Any], english: bool) -> dict[str, Any]:
    words = {"title": title(field, english)}
    if field.get("description") and not english:
        words["description"] = field["description"]
    return words
