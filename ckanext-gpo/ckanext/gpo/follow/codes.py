"""Which followed codes the changed records of a version bear. Pure."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Mapping
from typing import Any, NamedTuple

from ckanext.gpo.common import dossiers
from ckanext.gpo.common.tables import Table

CHANGES = ("added", "removed", "changed")

Key = tuple[str, ...]
"""The primary key of a record, as text."""


class Code(NamedTuple):
    """A code of a project or enterprise; `kind` is that of the subject."""

    kind: str
    value: str


Counts = dict[Code, Counter[str]]
"""Code → how many records that bear it were added, removed, changed."""


def columns(table: Table) -> dict[str, str]:
    """Column that holds codes → kind of the codes."""
    kinds = {field["name"]: dossiers.kind(field) for field in table.fields}
    return {name: kind for name, kind in kinds.items() if kind}


def record_key(row: Mapping[str, Any], names: Iterable[str]) -> Key:
    """The primary key of a row."""
    return tuple(str(row.get(name)) for name in names)


def count(
    records: Iterable[Mapping[str, Any]],
    columns: Mapping[str, str],
    followed: Mapping[str, Collection[str]],
    bearers: Mapping[Key, Collection[Code]],
) -> Counts:
    """Count the changes of records that bear followed codes.

    :param records: as `gpo_quality_version_diff` tells them
    :param followed: kind → the codes that somebody follows
    :param bearers: of the records as they are now: which followed codes they bear. A
        changed record is told with its key and changed cells only
    """
    counts: Counts = defaultdict(Counter)
    for record in records:
        codes = {
            Code(columns[name], value)
            for name, value in _values(record)
            if name in columns and value in followed.get(columns[name], ())
        }
        if record["kind"] == "changed":
            codes |= set(bearers.get(tuple(map(str, record["key"].values())), ()))
        for code in codes:
            counts[code][record["kind"]] += 1
    return counts


def _values(record: Mapping[str, Any]) -> Iterable[tuple[str, Any]]:
    yield from record.get("row", record["key"]).items()
    for name, cell in record.get("cells", {}).items():
        yield name, cell["old"]
        yield name, cell["new"]
