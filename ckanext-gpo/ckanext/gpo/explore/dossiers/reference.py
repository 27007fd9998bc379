"""What dataset_schemas/dossiers.yaml says of tables, roles and terms."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import cache
from typing import Any

from ckanext.gpo.common import dossiers
from ckanext.gpo.common.tables import Table, read_yaml, table, tables
from ckanext.gpo.common.workdays import Unit

PUBLISHED = "published"
"""The end of a term that is kept by making the row public here."""


@dataclass(frozen=True)
class RowFormat:
    """How a row of a table is written in a dossier, by names of columns.

    :param number, date: the document number and its date; empty for none
    :param facts: what tells most of it
    :param valid: values of `status` that hold; empty where the status says nothing of it
    :param expires: the last day on which the row holds
    :param only: column → the value that a row must have to stand in a dossier
    :param only_until: the column whose day ends that
    """

    table: Table
    name: str = ""
    number: str = ""
    date: str = ""
    location: str = ""
    facts: tuple[str, ...] = ()
    status: str = ""
    valid: tuple[str, ...] = ()
    expires: str = ""
    only: Mapping[str, str] = field(default_factory=dict[str, str])
    only_until: str = ""

    def conditions(self, today: date) -> dict[str, Any]:
        """The filters that leave the rows that may stand in a dossier."""
        conditions: dict[str, Any] = dict(self.only)
        if self.only_until:
            conditions[self.only_until] = {"gte": today.isoformat()}
        return conditions


@dataclass(frozen=True)
class Term:
    """Within how many days something has to be done, and why.

    :param when: column → the value of the rows for which it is set
    :param start, end: columns of dates; `end` may be `PUBLISHED`
    :param end_table: ref of the table whose `end` counts; the same table as a rule
    :param days: how many; `days_column` of the row where it is None
    :param agreed: a contract sets it, not the law
    """

    table_ref: str
    title: str
    title_en: str
    basis: str
    basis_en: str
    start: str
    end: str
    end_table: str
    unit: Unit
    days: int | None
    days_column: str
    when: Mapping[str, str]
    agreed: bool


@dataclass(frozen=True)
class Role:
    """What an enterprise is in a row, by the column of its code."""

    column: str
    title: str
    title_en: str


@cache
def row_format(table_ref: str) -> RowFormat:
    """How rows of a table are written; of a table that nobody described, what can be told."""
    described = dict(read_yaml("dossiers.yaml")["tables"].get(table_ref, {}))
    only = dict(described.pop("only", {}))
    station = _stations().get(table_ref, {})
    return RowFormat(
        table=table(table_ref),
        number=station.get("number") or table(table_ref).primary_key[0],
        date=station.get("date", ""),
        facts=tuple(described.pop("facts", ())),
        valid=tuple(described.pop("valid", ())),
        only_until=only.pop("from_today", ""),
        only=only,
        **described,
    )


@cache
def terms(table_ref: str) -> tuple[Term, ...]:
    """The terms that rows of a table set running."""
    return tuple(
        Term(
            table_ref=table_ref,
            title=entry["title"],
            title_en=entry["title_en"],
            basis=entry["basis"],
            basis_en=entry["basis_en"],
            start=entry["from"],
            end=entry["to"],
            end_table=entry.get("to_table", table_ref),
            unit=entry["unit"],
            days=entry.get("days"),
            days_column=entry.get("days_from", ""),
            when=entry.get("when", {}),
            agreed=entry.get("agreed", False),
        )
        for entry in read_yaml("dossiers.yaml")["terms"]
        if entry["table"] == table_ref
    )


@cache
def role(column: str) -> Role | None:
    """The role that a column of codes tells of; None for the subject of the row itself."""
    entries = read_yaml("dossiers.yaml")["roles"]
    return next((Role(**e) for e in entries if e["column"] == column), None)


@cache
def columns(kind: str) -> dict[str, tuple[str, ...]]:
    """Ref of a table → its columns that hold codes of a kind of dossier."""
    bearing = {
        ref: tuple(
            field["name"] for field in each.fields if dossiers.kind(field) == kind
        )
        for ref, each in tables().items()
    }
    return {ref: names for ref, names in bearing.items() if names}


@cache
def _stations() -> dict[str, dict[str, str]]:
    return {
        station["table"]: station
        for chain in read_yaml("chains.yaml")
        for station in chain["stations"]
    }
