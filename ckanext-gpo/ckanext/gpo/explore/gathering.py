"""Puts dossiers together from what is public."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from functools import cache
from typing import Any

from ckanext.gpo.common import dossiers
from ckanext.gpo.common.tables import read_yaml, table

from . import lookup
from .dossiers import arithmetic, entries, reference, timeline
from .dossiers.terms import day
from .lookup import Rows


def project(code: str, today: date) -> dict[str, Any] | None:
    """The dossier of a project; None if nothing public bears its code."""
    chain = lookup.chain(dossiers.PROJECT)
    stations = [*_chain_stations(chain), *_further(dossiers.PROJECT, chain)]
    rows = {
        station["table_ref"]: _rows(station["table_ref"], dossiers.PROJECT, code, today)
        for station in stations
        if station["published"]
    }
    if not any(answer.records for answer in rows.values()):
        return None
    records = {ref: answer.records for ref, answer in rows.items()}
    for station in stations:
        _fill(station, rows, today)
        for entry, record in zip(
            station["records"], records.get(station["table_ref"], ()), strict=True
        ):
            ref = station["table_ref"]
            history = cache(lambda ref=ref: lookup.history(ref))
            outcomes = arithmetic.outcomes(ref, record, records, history, today)
            entry["terms"] = [arithmetic.as_dict(outcome) for outcome in outcomes]
    root_first = sorted(records, key=lambda ref: ref != _root(dossiers.PROJECT))
    listed = [e for ref in root_first for e in _entries(stations, ref)]
    return {
        "code": code,
        "name": _first(listed, "name"),
        "location": _first(listed, "location"),
        "parties": entries.parties(
            (ref, record) for ref in records for record in records[ref]
        ),
        "stations": stations,
        "timeline": [
            {"station": p.place, "date": p.day.isoformat(), "days": p.days}
            for p in timeline.points(_first_days(stations))
        ],
    }


def enterprise(code: str, today: date) -> dict[str, Any] | None:
    """The dossier of an enterprise; None if nothing public bears its code."""
    chain = lookup.chain(dossiers.ENTERPRISE)
    stations = _chain_stations(chain)
    for station in _further(dossiers.ENTERPRISE, chain):
        if station["table_ref"] not in reference.columns(dossiers.PROJECT):
            stations.append(station)
    rows = {
        station["table_ref"]: _rows(
            station["table_ref"], dossiers.ENTERPRISE, code, today
        )
        for station in stations
        if station["published"]
    }
    for station in stations:
        _fill(station, rows, today)
    works = {
        ref: _rows(ref, dossiers.ENTERPRISE, code, today)
        for ref in lookup.public_tables(_works())
    }
    if not any(answer.records for answer in (*rows.values(), *works.values())):
        return None
    root = _entries(stations, _root(dossiers.ENTERPRISE))
    listed = [*root, *(entry for s in stations for entry in s["records"])]
    naming = [(ref, r) for ref, answer in works.items() for r in answer.records]
    return {
        "code": code,
        "name": _first(listed, "name") or entries.party_name(naming, code),
        "registered": bool(root),
        "stations": stations,
        "projects": entries.projects(naming, code),
        "projects_complete": all(
            len(answer.records) == answer.total for answer in works.values()
        ),
    }


def _rows(table_ref: str, kind: str, code: str, today: date) -> Rows:
    """The rows of a table that bear a code and may stand in a dossier."""
    form = reference.row_format(table_ref)
    conditions = form.conditions(today)
    columns = reference.columns(kind)[table_ref]
    answers = [
        lookup.rows(table_ref, {**conditions, column: code}, sort=f"-{form.date}")
        for column in columns
    ]
    return answers[0] if len(answers) == 1 else _merged(form, answers)


def _merged(form: reference.RowFormat, answers: list[Rows]) -> Rows:
    """Rows that bear a code in one column or another, each once."""
    unique: dict[tuple[Any, ...], dict[str, Any]] = {}
    for answer in answers:
        for record in answer.records:
            key = tuple(record[name] for name in form.table.primary_key)
            unique.setdefault(key, record)
    complete = all(len(answer.records) == answer.total for answer in answers)
    total = len(unique) if complete else max(answer.total for answer in answers)
    return Rows([*unique.values()], total, exact=complete)


def _chain_stations(chain: Mapping[str, Any]) -> list[dict[str, Any]]:
    return [{**station, "in_chain": True} for station in chain["stations"]]


def _further(kind: str, chain: Mapping[str, Any]) -> list[dict[str, Any]]:
    """Public tables beside those of the chain that bear codes of a kind, as stations."""
    refs = set(reference.columns(kind)) - {s["table_ref"] for s in chain["stations"]}
    return [_station(ref) for ref in lookup.public_tables(sorted(refs))]


def _works() -> list[str]:
    """Tables in which an enterprise takes part in a project."""
    both = reference.columns(dossiers.ENTERPRISE).keys()
    return [ref for ref in reference.columns(dossiers.PROJECT) if ref in both]


def _station(ref: str) -> dict[str, Any]:
    described, form = table(ref), reference.row_format(ref)
    departments = {d["name"]: d for d in read_yaml("departments.yaml")}
    department = departments[described.gpo["organization"]]
    return {
        "table_ref": ref,
        "domain": described.domain,
        "title": described.title,
        "title_en": described.descriptor.get("title_en", ""),
        "dataset": described.dataset_name,
        "department": department["title"],
        "department_en": department["title_en"],
        "published": True,
        "number_field": form.number,
        "date_field": form.date,
        "in_chain": False,
    }


def _fill(station: dict[str, Any], rows: Mapping[str, Rows], today: date) -> None:
    answer = rows.get(station["table_ref"], lookup.NO_ROWS)
    form = reference.row_format(station["table_ref"])
    station["records"] = [entries.entry(form, r, today) for r in answer.records]
    station["total"] = answer.total
    station["total_is_exact"] = answer.exact


def _entries(stations: list[dict[str, Any]], ref: str) -> list[dict[str, Any]]:
    return [e for s in stations if s["table_ref"] == ref for e in s["records"]]


def _first(listed: list[dict[str, Any]], name: str) -> str:
    return next((entry[name] for entry in listed if entry[name]), "")


def _first_days(stations: list[dict[str, Any]]) -> list[tuple[int, date]]:
    """Place of each station that was reached, and its first day."""
    reached: list[tuple[int, date]] = []
    for place, station in enumerate(stations, 1):
        days = [first for e in station["records"] if (first := day(e["date"]))]
        if days:
            reached.append((place, min(days)))
    return reached


def _root(kind: str) -> str:
    return next(c["root"] for c in read_yaml("chains.yaml") if c["name"] == kind)
