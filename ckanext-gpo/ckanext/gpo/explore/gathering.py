"""Puts dossiers together from what is public."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import date
from operator import itemgetter
from typing import Any

from ckanext.gpo.common import clock
from ckanext.gpo.common.dossiers import ENTERPRISE, PROJECT, name_column
from ckanext.gpo.common.tables import read_yaml, table

from . import dossiers, lookup
from .lookup import Question, Rows


def project(code: str, today: date) -> dict[str, Any] | None:
    """The dossier of a project; None if nothing public bears its code."""
    kind = PROJECT
    public = lookup.public_tables(dossiers.columns(kind))
    rows = _rows(public, kind, code, today)
    if not any(answer.records for answer in rows.values()):
        return None
    stations = _stations(kind, public, rows, today)
    _judge(stations, {ref: answer.records for ref, answer in rows.items()}, today)
    root_first = sorted(stations, key=lambda s: s["table_ref"] != _root(kind))
    listed = [entry for station in root_first for entry in station["records"]]
    return {
        "code": code,
        "name": _first(listed, "name"),
        "location": _first(listed, "location"),
        "parties": dossiers.parties(_pairs(rows)),
        "stations": stations,
        "timeline": [
            {"station": point.place, "date": point.day.isoformat(), "days": point.days}
            for point in dossiers.points(_first_days(stations))
        ],
    }


def enterprise(code: str, today: date) -> dict[str, Any] | None:
    """The dossier of an enterprise; None if nothing public bears its code."""
    kind = ENTERPRISE
    public = lookup.public_tables(dossiers.columns(kind))
    rows = _rows(public, kind, code, today)
    if not any(answer.records for answer in rows.values()):
        return None
    # where it takes part in a project, the project is told and not each of its papers
    works = {r: rows[r] for r in rows if r in dossiers.columns(PROJECT)}
    own = {ref: rows[ref] for ref in rows if ref not in works}
    stations = _stations(kind, {ref: public[ref] for ref in own}, own, today)
    listed = [entry for station in stations for entry in station["records"]]
    return {
        "code": code,
        "name": _first(listed, "name") or dossiers.party_name(_pairs(works), code),
        "registered": any(
            station["records"]
            for station in stations
            if station["table_ref"] == _root(kind)
        ),
        "stations": stations,
        "projects": dossiers.projects(_pairs(works), code),
        "projects_complete": all(
            len(answer.records) == answer.total for answer in works.values()
        ),
    }


def latest(kind: str, table_refs: Collection[str], limit: int) -> list[dict[str, Any]]:
    """The codes of the newest public rows of tables: `[{code, name, date}]`."""
    newest: dict[str, dict[str, Any]] = {}
    bearing = [ref for ref in table_refs if ref in dossiers.columns(kind)]
    public, today = lookup.public_tables(bearing), clock.today()
    questions = [
        Question(publication, dossiers.row_format(ref).conditions(today))
        for ref, publication in public.items()
    ]
    answers = lookup.rows(questions, limit=limit)
    for ref, answer in zip(public, answers, strict=True):
        form = dossiers.row_format(ref)
        column = dossiers.columns(kind)[ref][0]
        for record in answer.records:
            code, day_text = record[column], str(record.get(form.date) or "")
            name = record.get(name_column(column)) or record.get(form.name)
            subject = {"code": code, "name": name or "", "date": day_text}
            if code and day_text >= newest.get(code, subject)["date"]:
                newest[code] = subject
    ordered = sorted(newest.values(), key=itemgetter("date", "code"), reverse=True)
    return ordered[:limit]


def _rows(
    public: Mapping[str, Mapping[str, Any]], kind: str, code: str, today: date
) -> dict[str, Rows]:
    """Ref → the rows of a table that bear a code and may stand in a dossier."""
    questions: list[Question] = []
    for ref, publication in public.items():
        bearing = [{name: code} for name in dossiers.columns(kind)[ref]]
        one_of = bearing[0] if len(bearing) == 1 else {"$or": bearing}
        conditions = dossiers.row_format(ref).conditions(today)
        questions.append(Question(publication, {**conditions, **one_of}))
    return dict(zip(public, lookup.rows(questions), strict=True))


def _pairs(rows: Mapping[str, Rows]) -> list[tuple[str, dict[str, Any]]]:
    return [(ref, record) for ref, answer in rows.items() for record in answer.records]


def _stations(
    kind: str,
    public: Mapping[str, Mapping[str, Any]],
    rows: Mapping[str, Rows],
    today: date,
) -> list[dict[str, Any]]:
    """The stations of a chain, then the other tables that have rows of the code."""
    chain = [station["table"] for station in _chain(kind)["stations"]]
    further = [ref for ref in rows if ref not in chain and rows[ref].records]
    return [
        _station(ref, public.get(ref), rows.get(ref, lookup.NO_ROWS), today)
        | {"in_chain": ref in chain}
        for ref in (*chain, *further)
    ]


def _station(
    ref: str, publication: Mapping[str, Any] | None, rows: Rows, today: date
) -> dict[str, Any]:
    described, form = table(ref), dossiers.row_format(ref)
    department = next(
        d
        for d in read_yaml("departments.yaml")
        if d["name"] == described.gpo["organization"]
    )
    return {
        "table_ref": ref,
        "domain": described.domain,
        "title": described.title,
        "title_en": described.descriptor.get("title_en", ""),
        "dataset": described.dataset_name,
        "department": department["title"],
        "department_en": department["title_en"],
        "published": publication is not None,
        "version": publication and publication["number"],
        "number_field": form.number,
        "date_field": form.date,
        "records": [dossiers.entry(form, record, today) for record in rows.records],
        "total": rows.total,
        "total_is_exact": rows.exact,
    }


def _judge(
    stations: list[dict[str, Any]],
    records: Mapping[str, list[dict[str, Any]]],
    today: date,
) -> None:
    """Give the entries of stations the terms that their rows have set running."""
    publications = lookup.publications([ref for ref in records if records[ref]])
    for station in stations:
        ref = station["table_ref"]
        history = lookup.history(ref, publications.get(ref, []))
        for entry, record in zip(station["records"], records.get(ref, ()), strict=True):
            outcomes = dossiers.outcomes(ref, record, records, history, today)
            entry["terms"] = [dossiers.as_dict(outcome) for outcome in outcomes]


def _first(listed: list[dict[str, Any]], name: str) -> str:
    return next((entry[name] for entry in listed if entry[name]), "")


def _first_days(stations: list[dict[str, Any]]) -> list[tuple[int, date]]:
    """Place of each station that was reached, and its first day."""
    reached: list[tuple[int, date]] = []
    for place, station in enumerate(stations, 1):
        days = [first for e in station["records"] if (first := dossiers.day(e["date"]))]
        if days:
            reached.append((place, min(days)))
    return reached


def _chain(kind: str) -> dict[str, Any]:
    return next(chain for chain in read_yaml("chains.yaml") if chain["name"] == kind)


def _root(kind: str) -> str:
    """Ref of the table that gives the codes out."""
    return _chain(kind)["root"]
