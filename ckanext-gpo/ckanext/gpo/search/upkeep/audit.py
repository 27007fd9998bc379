"""Compares the index with the database, and mends it.

A dataset's document is made once more, as CKAN would send it, and every value that the
index keeps of it is compared: so a document that something else was written over is
found, whatever it is.
"""

from __future__ import annotations

import json
import os
from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime, timezone
from itertools import islice
from typing import Any

import ckan.plugins.toolkit as tk
from ckan import model
from ckan.lib.search import index_for

from ckanext.gpo.common.lucene import quote
from ckanext.gpo.search.adapter import embedded
from ckanext.gpo.search.errors import DocumentError
from ckanext.gpo.search.index import normalise, stored_body

from .progress import Progress
from .rebuilding import TOGETHER, Documents, Failures, dataset_ids, readers, update

WRITTEN_AT = "indexed_ts"
"""Says when a document was written, and nothing of the dataset."""

AS_JSON = ("data_dict", "validated_data_dict")
"""Whole datasets as a text; the order of their keys says nothing."""

IN_A_LANGUAGE = "license_title"
"""CKAN puts it into whole datasets in the language of whoever wrote the document; what it
says of the dataset, `license_id` says too."""

Body = dict[str, Any]
"""What the index keeps of a document."""


@dataclass(frozen=True)
class Differences:
    """Ids of datasets that the index lacks, has otherwise, and has too many."""

    missing: set[str]
    stale: set[str]
    extra: set[str]

    def __bool__(self) -> bool:
        return bool(self.missing or self.stale or self.extra)


def compare() -> Differences:
    """What differs, after all that waits has been carried out.

    A site goes on while it is compared: only what differs twice is told.
    """
    expected, indexed = set(dataset_ids()), _indexed_ids()
    differences = Differences(
        expected - indexed, _stale(expected & indexed), indexed - expected
    )
    return recheck(differences) if differences else differences


def recheck(differences: Differences) -> Differences:
    """What of some differences there is still."""
    model.Session.commit()
    model.Session.expire_all()
    expected, indexed = set(dataset_ids()), _indexed_ids()
    return Differences(
        differences.missing & (expected - indexed),
        _stale((differences.missing | differences.stale) & expected & indexed),
        differences.extra & (indexed - expected),
    )


def missing_ids() -> set[str]:
    """Ids of datasets that the index lacks; what it has of others is not looked at."""
    return set(dataset_ids()) - _indexed_ids()


def mend(differences: Differences, progress: Progress) -> Failures:
    """Index anew what is missing or otherwise, and take out what is too many."""
    for dataset_id in differences.extra:
        index_for(model.Package).delete_package({"id": dataset_id})
    return update(sorted(differences.missing | differences.stale), progress)


def _stale(ids: Collection[str]) -> set[str]:
    """Those whose documents are not what CKAN would make of them now."""
    stale: set[str] = set()
    # To begin processes costs more than to read some datasets.
    processes = os.cpu_count() or 1 if len(ids) > 10 * TOGETHER else 1
    with readers(processes) as read:
        indexed = (
            (dataset_id, documents) for dataset_id, documents, _ in read(sorted(ids))
        )
        while together := dict(islice(indexed, TOGETHER)):
            bodies = _indexed(f"id:({' OR '.join(map(quote, together))})", "*")
            for dataset_id, documents in together.items():
                stored = [_comparable(b) for b in bodies if b["id"] == dataset_id]
                if _expected(documents) != stored:
                    stale.add(dataset_id)
    return stale


def _expected(documents: Documents) -> list[Body]:
    """What the index should keep of these documents; nothing if they fit no index."""
    layout = embedded().engine.layout
    now = datetime.now(timezone.utc)
    try:
        bodies = [stored_body(normalise(d, layout, now), layout) for d in documents]
    except DocumentError:
        return []
    return [_comparable(body) for body in bodies]


def _comparable(body: Body) -> Body:
    return {
        name: _in_any_language(value) if name in AS_JSON else value
        for name, value in body.items()
        if name != WRITTEN_AT
    }


def _in_any_language(dataset: str) -> Body:
    values = json.loads(dataset)
    values.pop(IN_A_LANGUAGE, None)
    return values


def _indexed_ids() -> set[str]:
    return {document["id"] for document in _indexed("*:*", "id")}


def _indexed(query: str, fields: str) -> list[Body]:
    """What the index keeps of this site's documents, whatever their state."""
    site = quote(tk.config["ckan.site_id"])
    return (
        embedded(decode_dates=False)
        .search(query, fq=f"+site_id:{site}", rows=2**31, fl=fields)
        .docs
    )
