"""The operations of the REST API that search: datasets, everything, records. Pure."""

from __future__ import annotations

from typing import Any, Final

from ckanext.gpo.common.rest import parameters as p
from ckanext.gpo.common.rest.operations import Operation, Paging
from ckanext.gpo.common.types import Translate

MOST: Final = 50
MOST_HITS: Final = 100

DATASET_FILTERS: Final = {"domain": "groups", "department": "organization"}
"""Parameter → the field of the index that it narrows."""


def operations(_: Translate) -> list[Operation]:
    return [_datasets(_), *_search(_)]


def _datasets(_: Translate) -> Operation:
    return Operation(
        name="dataset_list",
        path="datasets",
        action="gpo_search_find",
        tag="datasets",
        summary=_("Search the datasets by words, domain and department"),
        answer="Dataset",
        parameters=(
            p.text("q", _("Words; Chinese in part, pinyin and initials do too")),
            p.text("domain", _("Only datasets of this domain, as culture")),
            p.text("department", _("Only datasets of this department, as wglj")),
            p.choice(
                "sort",
                _("Order of the results"),
                *("relevance", "newest", "title", "downloads"),
            ),
            p.limit(_, MOST, 20, "rows"),
            p.offset(_, "start"),
        ),
        is_list=True,
        members="results",
        meta=("count", "guessed"),
        paging=Paging.OFFSET,
        arrange=_dataset_search,
    )


def _dataset_search(arguments: dict[str, Any]) -> dict[str, Any]:
    filters = {
        field: [arguments.pop(name)]
        for name, field in DATASET_FILTERS.items()
        if name in arguments
    }
    return {**arguments, "kind": "dataset", "filters": filters}


def _search(_: Translate) -> list[Operation]:
    q = p.text("q", _("What to find: a code, a name, an address, a document number"))
    return [
        Operation(
            name="search",
            path="search",
            action="gpo_search_find",
            tag="search",
            summary=_("Everything public by words: datasets, items and more"),
            answer="Found",
            parameters=(
                p.text("q", _("Words; Chinese in part, pinyin and initials do too")),
                p.limit(_, MOST, 20, "rows"),
                p.offset(_, "start"),
            ),
            is_list=True,
            members="results",
            meta=("count", "kinds", "guessed"),
            paging=Paging.OFFSET,
        ),
        Operation(
            name="search_records",
            path="search/records",
            action="gpo_search_record_find",
            tag="search",
            summary=_("Records of all tables by a code, a name or a number"),
            answer="RecordHit",
            parameters=(
                q,
                p.text("dataset", _("Name of the only dataset to look into")),
                p.limit(_, MOST_HITS, 20, "rows"),
                p.offset(_, "start"),
            ),
            is_list=True,
            members="results",
            meta=("count", "count_is_exact", "guessed"),
            paging=Paging.OFFSET,
        ),
    ]
