"""Values of a Parquet file as the texts of each form, in DuckDB's SQL.

Numbers keep their digits, less the zeros that only the column's type has added; days and
moments are ISO 8601. What is NULL stays NULL.
"""

from __future__ import annotations

from ckanext.gpo.common.duck import literal
from ckanext.gpo.common.formulas import inert_sql

from .rows import Column

_XSD = {
    "integer": "integer",
    "number": "decimal",
    "boolean": "boolean",
    "date": "date",
    "datetime": "dateTime",
    "year": "gYear",
    "yearmonth": "gYearMonth",
    "time": "time",
}
"""Table Schema type → datatype of XML Schema; every other is `string`."""


def datatype(column: Column) -> str:
    """The XML Schema datatype of a column's values."""
    if column.is_text and column.type not in ("yearmonth", "time"):
        return "string"
    return _XSD.get(column.type, "string")


def plain(column: Column) -> str:
    """As every form begins."""
    if column.is_text:
        return column.sql
    text = f"CAST({column.sql} AS VARCHAR)"
    if column.kind.startswith("DECIMAL") and not column.kind.endswith(",0)"):
        return f"rtrim(rtrim({text}, '0'), '.')"
    if column.kind == "TIMESTAMP":
        return f"replace({text}, ' ', 'T')"
    return text


def spreadsheet(column: Column) -> str:
    """As a spreadsheet takes it, which runs none of it."""
    return inert_sql(column.sql) if column.is_text else plain(column)


def json(column: Column) -> str:
    is_bare = column.kind in ("BIGINT", "BOOLEAN") or column.kind.startswith("DECIMAL")
    text = plain(column)
    return text if is_bare else f"CAST(to_json({text}) AS VARCHAR)"


def xml(column: Column) -> str:
    text = plain(column)
    if not column.is_text:
        return text
    # what XML cannot say at all becomes the mark of a lost character
    text = (
        f"regexp_replace({text}, '[\\x00-\\x08\\x0B\\x0C\\x0E-\\x1F\\x{{FFFE}}"
        "\\x{FFFF}]', chr(65533), 'g')"
    )
    return _replaced(
        text, ("&", "&amp;"), ("<", "&lt;"), (">", "&gt;"), ("\r", "&#13;")
    )


def turtle(column: Column) -> str:
    kind, text = datatype(column), plain(column)
    if kind in ("integer", "boolean"):
        return text
    if column.is_text:
        text = _replaced(
            text,
            ("\\", "\\\\"),
            ('"', '\\"'),
            ("\n", "\\n"),
            ("\r", "\\r"),
        )
    end = '"' if kind == "string" else f'"^^xsd:{kind}'
    return f"'\"' || {text} || {literal(end)}"


def address_part(column: Column) -> str:
    """As it stands in an address."""
    return f"url_encode({plain(column)})"


def _replaced(text: str, *pairs: tuple[str, str]) -> str:
    for old, new in pairs:
        text = f"replace({text}, {_string(old)}, {_string(new)})"
    return text


def _string(text: str) -> str:
    codes = {"\n": "chr(10)", "\r": "chr(13)"}
    return codes.get(text) or literal(text)
