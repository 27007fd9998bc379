"""The operations on one dataset's table: its schema, its records, its versions. Pure."""

from __future__ import annotations

from typing import Any, Final

from ckanext.gpo.common.rest import parameters as p
from ckanext.gpo.common.rest.operations import Operation, Paging, Parameter, Selection
from ckanext.gpo.common.types import Translate

from .file_operations import files, versions_compared
from .group_parameters import read_groupings, read_measures

__all__ = ["files", "operations"]

MOST: Final = 1_000
DEEPEST: Final = 5

RECORD_META: Final = (
    *("dataset", "version", "published", "fields", "sortable", "sort"),
    *("total", "total_is_exact"),
)


def operations(_: Translate) -> list[Operation]:
    return [*_table(_), *_records(_), *_groups(_), *_history(_)]


def _table(_: Translate) -> list[Operation]:
    return [
        Operation(
            name="dataset_show",
            path="datasets/{dataset}",
            action="package_show",
            tag="datasets",
            summary=_("One dataset with its metadata and downloads"),
            answer="Dataset",
            parameters=(
                p.name(
                    "dataset",
                    _("Name of the dataset, as culture-culture-venues"),
                    "id",
                ),
            ),
        ),
        Operation(
            name="schema_show",
            path="datasets/{dataset}/schema",
            action="gpo_dataapi_schema_show",
            tag="records",
            summary=_("The schema of a dataset's table: fields, rules and keys"),
            answer="TableSchema",
            parameters=(p.dataset(_),),
            is_versioned=True,
        ),
    ]


def _records(_: Translate) -> list[Operation]:
    key = _(
        "Values of the fields of the primary key, with commas between; a value that has"
        " a comma itself in quotation marks"
    )
    record_key = p.name("key", key)
    return [
        Operation(
            name="record_list",
            path="datasets/{dataset}/records",
            action="gpo_dataapi_record_list",
            tag="records",
            summary=_("Records of a dataset, filtered, sorted, a page at a time"),
            answer="Record",
            parameters=(
                p.dataset(_),
                *p.rows(_),
                p.names("select", _("Fields to tell, with commas between"), "fields"),
                p.text(
                    "sort", _("A field to sort by, with a minus for the highest first")
                ),
                p.limit(_, MOST, 100),
                p.text("after", _("Where the page before ended: follow links.next")),
                p.text(
                    "before", _("Where the page after begins: follow links.previous")
                ),
                p.choice(
                    "count", _("How records are counted"), "exact", "bounded", "none"
                ),
                *p.versions(_),
            ),
            is_list=True,
            members="records",
            meta=RECORD_META,
            paging=Paging.KEYSET,
            selection=Selection.ROWS,
            is_versioned=True,
        ),
        Operation(
            name="record_show",
            path="datasets/{dataset}/records/{key}",
            action="gpo_dataapi_record_show",
            tag="records",
            summary=_("One record by its key, also as an earlier version had it"),
            answer="RecordDetail",
            parameters=(p.dataset(_), record_key, p.versions(_)[0]),
            is_versioned=True,
        ),
        Operation(
            name="record_chain",
            path="datasets/{dataset}/chain/{key}",
            action="gpo_dataapi_chain_show",
            tag="records",
            summary=_(
                "A record with those of all tables that foreign keys relate to it"
            ),
            answer="RecordChain",
            parameters=(
                p.dataset(_),
                record_key,
                p.whole("depth", _("How many foreign keys away at most"), 0, DEEPEST),
                p.limit(_, MOST, 100, least=1),
            ),
        ),
    ]


def _groups(_: Translate) -> list[Operation]:
    summing = _sums(_)
    return [
        Operation(
            name="value_list",
            path="datasets/{dataset}/values/{field}",
            action="gpo_dataapi_value_list",
            tag="records",
            summary=_("The different values of a field, the most frequent first"),
            answer="FieldValue",
            parameters=(
                p.dataset(_),
                p.name("field", _("Name of the field")),
                p.text("q", _("A part of a text that the values have")),
                p.json_text("filters", _("Filters as JSON")),
                p.limit(_, MOST, 100, least=1),
            ),
            is_list=True,
            members="values",
            meta=("dataset", "version", "published", "field", "is_complete"),
            selection=Selection.ROWS,
            is_versioned=True,
        ),
        Operation(
            name="record_aggregate",
            path="datasets/{dataset}/aggregate",
            action="gpo_dataapi_record_aggregate",
            tag="records",
            summary=_("Records summed up by groups: counts, sums, averages"),
            answer="Groups",
            parameters=(p.dataset(_), *p.rows(_), *summing),
            selection=Selection.ROWS,
            arrange=_aggregation,
            is_versioned=True,
        ),
        Operation(
            name="record_aggregate_post",
            path="datasets/{dataset}/aggregate",
            action="gpo_dataapi_record_aggregate",
            tag="records",
            summary=_("The same for filters that are too long for an address"),
            answer="Groups",
            parameters=(p.dataset(_),),
            body="Aggregation",
        ),
    ]


def _sums(_: Translate) -> tuple[Parameter, ...]:
    return (
        p.text(
            "group_by",
            _(
                "At most three fields, with commas between; of days also a unit:"
                " opened:month"
            ),
        ),
        p.text(
            "measures",
            _("What to tell of each group: count, sum(floor_area), avg, min, max"),
        ),
        p.json_text(
            "having",
            _("Filters of groups by their groupings and measures, as {example}").format(
                example='{"count": {"gte": 10}}'
            ),
        ),
        p.text(
            "sort",
            _("A grouping or a measure by its name, a minus for the highest first"),
        ),
        p.limit(_, MOST, 100, least=1),
    )


def _aggregation(arguments: dict[str, Any]) -> dict[str, Any]:
    readers = {"group_by": read_groupings, "measures": read_measures}
    return {
        name: readers[name](value) if name in readers else value
        for name, value in arguments.items()
    }


def _history(_: Translate) -> list[Operation]:
    number = p.whole("number", _("Number of the version"), 1, p.LARGEST)
    since = p.text(
        "since", _("Number of a version or a moment, as 2026-11-23T09:00:00Z")
    )
    return [
        Operation(
            name="version_list",
            path="datasets/{dataset}/versions",
            action="gpo_quality_version_list",
            tag="versions",
            summary=_("The versions of a dataset, the newest first"),
            answer="Version",
            parameters=(p.dataset(_),),
            is_list=True,
        ),
        Operation(
            name="version_show",
            path="datasets/{dataset}/versions/{number}",
            action="gpo_quality_version_show",
            tag="versions",
            summary=_("One version with the report of its check"),
            answer="VersionDetail",
            parameters=(p.dataset(_), p.required(number)),
        ),
        Operation(
            name="version_diff",
            path="datasets/{dataset}/diff",
            action="gpo_quality_version_diff",
            tag="versions",
            summary=_("What changed between two versions, record by record"),
            answer="Change",
            parameters=(
                p.dataset(_),
                *versions_compared(_),
                p.choice(
                    "kind", _("Only these changes"), "added", "removed", "changed"
                ),
                p.limit(_, MOST, 100),
                p.offset(_),
            ),
            is_list=True,
            members="records",
            meta=(
                *("dataset", "from", "to", "key", "columns_added"),
                *("columns_removed", "totals", "count"),
            ),
            paging=Paging.OFFSET,
        ),
        Operation(
            name="dataset_changes",
            path="datasets/{dataset}/changes",
            action="gpo_quality_changes",
            tag="versions",
            summary=_("What was published of a dataset since a version or a moment"),
            answer="Publication",
            parameters=(p.dataset(_), since),
            is_list=True,
        ),
        Operation(
            name="change_list",
            path="changes",
            action="gpo_quality_publication_list",
            tag="versions",
            summary=_("What was published of all datasets, the latest first"),
            answer="Current",
            parameters=(
                p.text("since", _("Only what is later than this moment")),
                p.text("domain", _("Only datasets of this domain, as culture")),
                p.limit(_, MOST, 100),
                p.offset(_),
            ),
            is_list=True,
            members="results",
            meta=("count",),
            paging=Paging.OFFSET,
        ),
    ]
