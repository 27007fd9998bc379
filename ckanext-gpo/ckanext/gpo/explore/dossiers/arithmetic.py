"""Terms of rows with what became of them, as the API tells them."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from typing import Any

from ckanext.gpo.common import workdays
from ckanext.gpo.common.tables import table

from . import reference, terms
from .reference import PUBLISHED, Term
from .terms import Outcome, Publication

Row = Mapping[str, Any]
History = tuple[Sequence[Publication], Callable[[Row, int], bool | None]]
"""Publications of a table, the oldest first, and whether one of them has the row of a key."""


def outcomes(
    table_ref: str,
    record: Row,
    rows: Mapping[str, Sequence[Row]],
    history: History,
    today: date,
) -> list[Outcome]:
    """What became of the terms that a row has set running.

    :param rows: ref of a table → its rows in the same dossier
    :param history: of the table of the row
    """
    judged: list[Outcome] = []
    for term in reference.terms(table_ref):
        if not terms.applies(term, record):
            continue
        start, days = terms.day(record[term.start]), terms.length(term, record)
        if start is None or days is None:
            continue
        if term.end == PUBLISHED:
            judged.append(_disclosure(term, start, days, record, history, today))
        else:
            end = _end(term, record, rows)
            judged.append(terms.judge(term, start, days, end, today))
    return judged


def _disclosure(
    term: Term, start: date, days: int, record: Row, history: History, today: date
) -> Outcome:
    publications, has_row = history
    key = {name: record.get(name) for name in table(term.table_ref).primary_key}
    due = workdays.due(start, days, term.unit).day
    end = None
    if publications:
        end = terms.first_public_day(due, publications, lambda n: has_row(key, n))
    since = publications[0].day if end else date.max
    return terms.judge(term, start, days, end, today, since)


def _end(term: Term, record: Row, rows: Mapping[str, Sequence[Row]]) -> date | None:
    """The first day on which a row of the end's table says that it was done."""
    if term.end_table == term.table_ref:
        return terms.day(record.get(term.end))
    links = {
        name: reference_name
        for key in table(term.end_table).foreign_keys
        if key.table_ref == term.table_ref
        for name, reference_name in zip(key.fields, key.reference_fields, strict=True)
    }
    days = [
        day
        for other in rows.get(term.end_table, ())
        if all(other.get(name) == record.get(links[name]) for name in links)
        and (day := terms.day(other.get(term.end)))
    ]
    return min(days, default=None)


def as_dict(outcome: Outcome) -> dict[str, Any]:
    """A term with its arithmetic, dates as ISO 8601."""
    term = outcome.term
    return {
        "title": term.title,
        "title_en": term.title_en,
        "basis": term.basis,
        "basis_en": term.basis_en,
        "agreed": term.agreed,
        "start": outcome.start.isoformat(),
        "days": outcome.days,
        "unit": term.unit,
        "due": outcome.due.isoformat(),
        "provisional": outcome.provisional,
        "end": outcome.end and outcome.end.isoformat(),
        "state": outcome.state,
        "excess": outcome.excess,
    }
