"""A row as an entry of a dossier: its key, number, date, state and who takes part."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any, Literal

from ckanext.gpo.common import dossiers

from .reference import RowFormat, columns, role, row_format

Validity = Literal["", "valid", "expired", "ended"]
"""Empty where the table does not tell; `ended`: by its own status, before it expired."""


def entry(form: RowFormat, record: Mapping[str, Any], today: date) -> dict[str, Any]:
    """A row as the API tells it: `{key, number, date, name, location, status, validity,
    values}`; `values` are those of the facts."""

    def cell(name: str) -> Any:
        return record.get(name) if name else None

    return {
        "key": {name: record.get(name) for name in form.table.primary_key},
        "number": cell(form.number),
        "date": cell(form.date),
        "name": cell(form.name),
        "location": cell(form.location),
        "status": cell(form.status),
        "validity": validity(form, record, today),
        "values": {name: record.get(name) for name in form.facts},
    }


def validity(form: RowFormat, record: Mapping[str, Any], today: date) -> Validity:
    """Whether what a row grants holds today."""
    if not form.valid:
        return ""
    if record.get(form.status) not in form.valid:
        return "ended"
    last = record.get(form.expires) if form.expires else None
    expired = bool(last) and date.fromisoformat(str(last)[:10]) < today
    return "expired" if expired else "valid"


def parties(rows: Iterable[tuple[str, Mapping[str, Any]]]) -> list[dict[str, Any]]:
    """The enterprises that rows name with a role, each once.

    :param rows: refs of tables, with a row of each
    :returns: `[{code, name, roles: [{title, title_en}]}]`
    """
    listed: dict[str, dict[str, Any]] = {}
    for table_ref, record in rows:
        for column in columns(dossiers.ENTERPRISE).get(table_ref, ()):
            code, part = record.get(column), role(column)
            if not code or part is None:
                continue
            party = listed.setdefault(code, {"code": code, "name": "", "roles": []})
            party["name"] = (
                party["name"] or record.get(dossiers.name_column(column)) or ""
            )
            title = {"title": part.title, "title_en": part.title_en}
            if title not in party["roles"]:
                party["roles"].append(title)
    return list(listed.values())


def party_name(rows: Iterable[tuple[str, Mapping[str, Any]]], code: str) -> str:
    """What rows call the enterprise of a code; empty if none names it."""
    named = (party["name"] for party in parties(rows) if party["code"] == code)
    return next(named, "")


def projects(
    rows: Iterable[tuple[str, Mapping[str, Any]]], code: str
) -> list[dict[str, Any]]:
    """The projects in which an enterprise takes part, by rows that name it, the latest first.

    :param code: of the enterprise
    :returns: `[{code, name, date, roles: [{title, title_en}]}]`; `date` is the latest of
        its rows
    """
    listed: dict[str, dict[str, Any]] = {}
    for table_ref, record in rows:
        names = columns(dossiers.PROJECT).get(table_ref, ())
        project = next((record[name] for name in names if record.get(name)), None)
        if project is None:
            continue
        form = row_format(table_ref)
        project_entry = listed.setdefault(
            project, {"code": project, "name": "", "date": "", "roles": []}
        )
        project_entry["name"] = project_entry["name"] or record.get(form.name) or ""
        project_entry["date"] = max(
            project_entry["date"], str(record.get(form.date) or "")
        )
        for column in columns(dossiers.ENTERPRISE).get(table_ref, ()):
            part = role(column)
            if record.get(column) != code or part is None:
                continue
            title = {"title": part.title, "title_en": part.title_en}
            if title not in project_entry["roles"]:
                project_entry["roles"].append(title)
    return sorted(listed.values(), key=lambda p: (p["date"], p["code"]), reverse=True)
