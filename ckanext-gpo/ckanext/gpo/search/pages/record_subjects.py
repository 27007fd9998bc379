"""Records as they stand above the results of all kinds: each subject once. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

MOST = 3


@dataclass
class TableLink:
    """A table that has records of a subject: the best of them, and how many it has."""

    record: dict[str, Any]
    count: int = 1


@dataclass
class RecordSubject:
    """What some records are about: a dossier, or only a name that they share."""

    title: str
    kind: str = "record"
    url: str = ""
    tables: dict[str, TableLink] = field(default_factory=dict[str, TableLink])
    """Name of a dataset → its records, in the order of the records."""


def group(records: Sequence[dict[str, Any]]) -> list[RecordSubject]:
    """The subjects of some records of gpo_search_record_find, `MOST` at most.

    Best first. Records without a dossier that are called alike stand together too.
    """
    subjects: dict[tuple[str, str], RecordSubject] = {}
    for record in records:
        dossier = record["subject"]
        if dossier:
            identity = (dossier["kind"], dossier["code"])
            new = RecordSubject(dossier["title"], dossier["kind"], dossier["url"])
        else:
            identity = ("record", record["title"])
            new = RecordSubject(record["title"])
        tables = subjects.setdefault(identity, new).tables
        if record["dataset"] in tables:
            tables[record["dataset"]].count += 1
        else:
            tables[record["dataset"]] = TableLink(record)
    return list(subjects.values())[:MOST]
