"""Hits as the action tells them: what matched is marked, and what a record is subject."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from ckanext.gpo.common.tables import Table
from ckanext.gpo.common.web.records import record_query
from ckanext.gpo.search.adapter import find_params
from ckanext.gpo.search.records import (
    Level,
    RecordQuery,
    Role,
    SubjectColumn,
    matched_spans,
    subject_columns,
)

from .addresses import record_address, subject_address
from .finding import Hit, Hits


@dataclass(frozen=True)
class Subject:
    """A project or an enterprise, as a record names it."""

    kind: str
    code: str
    title: str

    def dictize(self) -> dict[str, Any]:
        return {
            "kind": self.kind,
            "code": self.code,
            "title": self.title,
            "url": subject_address(self.kind, self.code),
        }


def find_subject(table: Table, row: dict[str, Any], column: str) -> Subject | None:
    """What a record is about, if it is found by this column.

    The project of a record goes before the enterprises in it, unless it was found by the
    code or the name of one of these.
    """
    candidates = [
        each
        for each in subject_columns(table)
        if subject_address(each.kind, str(row.get(each.code) or ""))
    ]
    candidates.sort(
        key=lambda each: (column not in (each.code, each.name), each.kind != "project")
    )
    return _subject(candidates[0], row) if candidates else None


def _subject(column: SubjectColumn, row: dict[str, Any]) -> Subject:
    code = str(row[column.code])
    title = row.get(column.name) if column.name else None
    return Subject(column.kind, code, str(title or code))


def group(hits: Sequence[Hit]) -> list[tuple[Subject | None, list[Hit]]]:
    """Hits by what they are about, best first; one about nothing stands for itself."""
    groups: dict[object, tuple[Subject | None, list[Hit]]] = {}
    for number, hit in enumerate(hits):
        subject = find_subject(hit.live.table, hit.row, hit.fit.column.name)
        identity = (subject.kind, subject.code) if subject else number
        groups.setdefault(identity, (subject, []))[1].append(hit)
    return list(groups.values())


def answer(hits: Hits, start: int, rows: int) -> dict[str, Any]:
    """A page of hits, those about the same thing together."""
    grouped = group(hits.hits)
    flat = [(subject, hit) for subject, members in grouped for hit in members]
    return {
        "count": len(flat),
        "count_is_exact": hits.is_complete,
        "guessed": any(hit.fit.level.is_guess for hit in hits.hits),
        "results": [
            _result(hits.query, subject, hit)
            for subject, hit in flat[start : start + rows]
            if hits.query
        ],
        "groups": [
            {**subject.dictize(), "count": len(members)}
            for subject, members in grouped
            if subject
        ],
        "best": _best_answer(grouped, is_complete=hits.is_complete),
    }


def _result(query: RecordQuery, subject: Subject | None, hit: Hit) -> dict[str, Any]:
    table, column = hit.live.table, hit.fit.column
    return {
        "dataset": table.dataset_name,
        "dataset_title": table.title,
        "dataset_title_en": table.descriptor.get("title_en", ""),
        "organization": table.gpo.get("organization", ""),
        "key": hit.key,
        "title": _title(hit),
        "url": record_address(table.dataset_name, hit.key),
        "match": hit.fit.level.name.lower(),
        "field": column.name,
        "field_title": column.title,
        "field_title_en": column.title_en,
        "marked": _marked(query, hit),
        "subject": subject.dictize() if subject else None,
    }


def _title(hit: Hit) -> str:
    """What a record is called: its name, else the first of what it is searched by."""
    columns = hit.live.state.columns
    names = [column for column in columns if column.role is Role.NAME]
    values = (hit.row.get(column.name) for column in [*names, *columns])
    return str(next(filter(None, values), hit.value))


def _marked(query: RecordQuery, hit: Hit) -> str:
    value, parts, last = hit.value, list[str](), 0
    for start, end in matched_spans(query, value, hit.fit.level):
        parts += [value[last:start], find_params.BEGIN]
        parts += [value[start:end], find_params.END]
        last = end
    return "".join([*parts, value[last:]])


def suggestion(hits: Hits) -> dict[str, Any] | None:
    """The one dossier or record that some hits are, as `gpo_search_suggest` tells it."""
    grouped = group(hits.hits)
    best = _best(grouped, is_complete=hits.is_complete)
    if best is None and len(hits.hits) == 1:
        best = hits.hits[0]
    if best is None or hits.query is None:
        return None
    if isinstance(best, Subject):
        answer = {"kind": best.kind, "name": best.code, "title": best.title}
    else:
        dataset = best.live.table.dataset_name
        query = record_query(dataset, best.key)
        answer = {"kind": "record", "name": dataset, "query": query}
        answer["title"] = _title(best)
    first = next((hit for hit in hits.hits if hit.value == answer["title"]), None)
    marks = matched_spans(hits.query, first.value, first.fit.level) if first else []
    return {**answer, "marks": [list(mark) for mark in marks]}


def _best_answer(
    grouped: Sequence[tuple[Subject | None, list[Hit]]], *, is_complete: bool
) -> dict[str, Any] | None:
    best = _best(grouped, is_complete=is_complete)
    return best.dictize() if isinstance(best, Subject) else best and _record(best)


def _best(
    grouped: Sequence[tuple[Subject | None, list[Hit]]], *, is_complete: bool
) -> Subject | Hit | None:
    """The one thing that has just this code, number or name: where a reader wants to go.

    A record that has the number as its key goes before those that refer to it; a code or a
    name leads to what has it, if that is one. Otherwise it is what all records are about,
    if there are no more of them.
    """
    whole = [
        (subject, hit)
        for subject, members in grouped
        for hit in members
        if hit.fit.level is Level.WHOLE and hit.fit.column.role is not Role.ADDRESS
    ]
    named = {subject for subject, hit in whole if subject and _names(hit, subject)}
    keyed = [hit for subject, hit in whole if subject not in named and _is_key(hit)]
    if len(keyed) == 1:
        return keyed[0]
    if named:
        return named.pop() if len(_codes(named)) == 1 else None
    if len(whole) == 1:
        return whole[0][1]
    return grouped[0][0] if len(grouped) == 1 and is_complete else None


def _names(hit: Hit, subject: Subject) -> bool:
    """Whether a hit was found by the code or the name of what it is subject."""
    return any(
        column.kind == subject.kind
        and hit.fit.column.name in (column.code, column.name)
        for column in subject_columns(hit.live.table)
    )


def _codes(subjects: set[Subject]) -> set[tuple[str, str]]:
    return {(each.kind, each.code) for each in subjects}


def _is_key(hit: Hit) -> bool:
    return hit.live.table.primary_key == (hit.fit.column.name,)


def _record(hit: Hit) -> dict[str, Any]:
    return {
        "kind": "record",
        "code": hit.value,
        "title": _title(hit),
        "url": record_address(hit.live.table.dataset_name, hit.key),
    }
