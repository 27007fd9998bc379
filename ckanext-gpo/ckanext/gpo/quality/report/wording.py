"""The facts of a report as sentences: what is wrong, what should be there, how to mend it.

Pure: the translator is passed in, so a report reads in the language of its reader.
"""

from __future__ import annotations

from typing import Any, cast

from ckanext.gpo import intake
from ckanext.gpo.common import labels
from ckanext.gpo.common.errors import UnknownTable
from ckanext.gpo.common.tables import Table, table

from . import rules
from .rules import Translate


def rule_title(rule: str, _: Translate) -> str:
    """The name of a kind of error for people."""
    if words := rules.words(rule, _):
        return words[0]
    return titles(_).get(rule) or intake.title(rule, _) or rules.general(_)[0]


def titles(_: Translate) -> dict[str, str]:
    """The rules of cells by their names for people; the others are in `rules`."""
    return {
        "type-error": _("Wrong type"),
        "constraint-error": _("Value not allowed"),
        "foreign-key": _("Refers to a record that does not exist"),
        "code-error": _("Invalid code"),
        "personal-data": _("Personal data"),
    }


def steps(report: dict[str, Any], _: Translate) -> list[str]:
    """What the reader did to the file, a sentence for each of its steps.

    :param report: of a version, see `reading.describe`
    """
    sheet = report.get("sheet")
    sentences = [_("Sheet “{sheet}”").format(sheet=sheet)] if sheet else []
    return [*sentences, *(_step(step, _) for step in report.get("steps", []))]


def _step(step: dict[str, Any], _: Translate) -> str:
    meaning = intake.words(step["code"], step["facts"], _).meaning
    names = {place["label"] for place in step["places"]}
    if len(names) == 1 and (label := names.pop()):
        meaning = _("{place}: {meaning}").format(place=label, meaning=meaning)
    rows = [place["row"] for place in step["places"] if place["row"] is not None]
    if not rows:
        return meaning
    listed = _(", ").join(f"{row:,}" for row in dict.fromkeys(rows))
    if step["count"] > len(rows):
        return _("{meaning} ({count} times, first in row {rows})").format(
            meaning=meaning, count=f"{step['count']:,}", rows=listed
        )
    return _("{meaning} (row {rows})").format(meaning=meaning, rows=listed)


def slow_path(reason: str | None, _: Translate) -> str:
    """Why every row had to be read one by one (`report["slow"]`); empty if it had not."""
    if reason is None:
        return ""
    reasons = {
        "quoting": _("its quotation marks or line ends are unusual"),
        "unreadable": _("it is not plain UTF-8 text, or a line is very long"),
        "key-type": _("a key of it is a number"),
    }
    return reasons.get(reason, _("a rule needs every row"))


def column_label(field: str | None, table: Table, english: bool = False) -> str:
    """The title of a column, or of several: `fact['field']` of an error."""
    titles = {f["name"]: labels.title(f, english) for f in table.fields}
    names = (field or "").split(", ")
    return (", " if english else "、").join(titles.get(name, name) for name in names)


def remedy(fact: dict[str, Any], label: str, _: Translate) -> tuple[str, str]:
    """What is expected instead of an error, and how to mend it."""
    rule = fact["rule"]
    if rule == "type-error":
        return _type(fact["limit"], _), _("Correct the value in the business system.")
    if rule == "constraint-error":
        return _constraint(fact, _)
    if rule == "foreign-key":
        expected = _("a value that occurs in {table}").format(
            table=_table_title(fact["reference"])
        )
        return expected, _(
            "Correct the value, or publish the row that it refers to first."
        )
    if rule in ("code-error", "personal-data"):
        return _noted(fact, _)
    _title, expected, fix = rules.words(rule, _) or rules.general(_)
    if rule == "value-not-storable" and "limit" in fact:
        return _storable(fact, _), fix
    return expected.format(label=label), fix


def _noted(fact: dict[str, Any], _: Translate) -> tuple[str, str]:
    """The remedy for what a check of our own has noted by a code."""
    note: str = fact["note"]
    if fact["rule"] == "code-error":
        return codes(_).get(note, rules.general(_)[1]), _(
            "Compare the code with the certificate."
        )
    words = personal_data(_)
    kinds = _(", ").join(words.get(kind, kind) for kind in note.split(", "))
    return _("a text without {numbers}").format(numbers=kinds), _(
        "Delete it from the table; an office may be named with its own telephone."
    )


def _type(name: str, _: Translate) -> str:
    return {
        "integer": _("a whole number, digits only"),
        "number": _("a number without unit or thousands separator"),
        "date": _("a date that exists, as 2026-11-23"),
        "datetime": _("a date and time, as 2026-11-23T09:00:00"),
        "year": _("a year of four digits"),
        "yearmonth": _("a year and month, as 2026-11"),
        "boolean": _("true or false"),
        "time": _("a time of day, as 09:00:00"),
        "duration": _("a length of time, as P1Y2M (ISO 8601)"),
        "geopoint": _("a place as longitude and latitude: 119.95, 31.78"),
        "geojson": _("a shape as GeoJSON"),
        "array": _("a list as JSON: [1, 2]"),
        "list": _("values with the agreed character between them"),
        "object": _("an object as JSON"),
    }.get(name, _("text"))


def _constraint(fact: dict[str, Any], _: Translate) -> tuple[str, str]:
    limit: Any = fact.get("limit")
    listed = isinstance(limit, list)
    words = "、".join(map(str, cast("list[Any]", limit))) if listed else ""
    correct = _("Correct the value in the business system.")
    remedies = {
        "required": (_("a value"), _("Fill in the cell.")),
        "enum": (
            _("one of: {values}").format(values=words) if listed else "",
            _("Use one of the listed words; a new one has to enter the schema first."),
        ),
        "pattern": (_("the form {pattern}").format(pattern=limit), correct),
        "minimum": (_("at least {limit}").format(limit=limit), correct),
        "maximum": (_("at most {limit}").format(limit=limit), correct),
        "minLength": (_("at least {limit} characters").format(limit=limit), correct),
        "maxLength": (_("at most {limit} characters").format(limit=limit), correct),
        "unique": (_("a value that occurs once"), correct),
    }
    return remedies.get(str(fact.get("constraint")), (rules.general(_)[1], correct))


def codes(_: Translate) -> dict[str, str]:
    """What is expected of a code that a national standard defines, by `common.codes`."""
    return {
        "uscc-length": _("18 characters (GB 32100)"),
        "uscc-format": _("digits and capital letters without I, O, S, V, Z (GB 32100)"),
        "uscc-checksum": _("a code whose last character fits (GB 32100 check digit)"),
        "project-code": _("a code as 2017-320402-48-01-500001"),
        "division": _("a division code of six digits (GB/T 2260)"),
    }


def personal_data(_: Translate) -> dict[str, str]:
    """Names of the numbers that `common.personal` knows."""
    return {
        "identity-number": _("numbers of identity cards"),
        "mobile-number": _("numbers of mobile phones"),
        "bank-card": _("numbers of bank cards"),
    }


def _storable(fact: dict[str, Any], _: Translate) -> str:
    words = {
        "int8": _("a whole number up to {limit}"),
        "int4": _("a year up to {limit}"),
        "numeric": _("a number of at most {limit} digits"),
        "nul": _("a text without NUL characters"),
        "character": _(
            "a text without control characters, invisible spaces and marks of direction"
        ),
        "key": _("a key of at most {limit} bytes"),
        "row": _("rows of at most {limit} bytes"),
    }
    note: str = fact["note"]
    return words.get(note, rules.general(_)[1]).format(limit=fact.get("limit"))


def _table_title(ref: str) -> str:
    try:
        return f"《{table(ref).title}》"
    except UnknownTable:
        return ref
