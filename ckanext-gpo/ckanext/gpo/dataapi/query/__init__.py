"""Answers questions about the rows of a published table, at a cost that is bounded.

In: what the parameters of an action say (`filters`, `sort`, `fields`, …), the table's
schema and an engine of the DataStore.

Out: a page of records with their count (`read_page`, `total`) and groups of rows with their
measures (`read_groups`), each within a `run` that ends after its time; or a `QueryError`
that says which parameter is wrong and what is right. Nothing is written, and no text that a
reader sends becomes SQL.
"""

from .columnar import (
    ColumnTypes,
    Sql,
    are_as_loaded,
    column_types,
    parquet_fields,
    where_sql,
    words_sql,
)
from .conditions import Every, parse_filters, same_values
from .errors import MissingRows, QueryError, Unserved
from .fields import Field, Fields, queried_fields, select_fields
from .file_records import count as count_in_file
from .file_records import read_page as read_page_of_file
from .file_run import FileRun, run_on_copy, run_on_file
from .file_sums import read_groups as read_groups_of_file
from .order import (
    Order,
    default_order,
    parse_cursor,
    parse_order,
    sortable_fields,
)
from .records import (
    COUNTED,
    Page,
    Selection,
    Total,
    count,
    known_total,
    read_page,
    total,
)
from .running import Run, run
from .selection import has_capitals
from .sieve import Sieve
from .stock_search import (
    Pieces,
    field_words_sql,
    filters_sql,
    rank_sql,
    record_words_sql,
)
from .sums import (
    Group,
    Grouping,
    Measure,
    Summary,
    parse_groupings,
    parse_having,
    parse_measures,
    read_groups,
)
from .values import Value, parse_value, plain

__all__ = [
    "record_words_sql",
    "rank_sql",
    "filters_sql",
    "field_words_sql",
    "Pieces",
    "COUNTED",
    "ColumnTypes",
    "Every",
    "Field",
    "Fields",
    "FileRun",
    "Group",
    "Grouping",
    "Measure",
    "MissingRows",
    "Order",
    "Page",
    "QueryError",
    "Run",
    "Selection",
    "Sieve",
    "Sql",
    "Summary",
    "Total",
    "Unserved",
    "Value",
    "are_as_loaded",
    "column_types",
    "count",
    "count_in_file",
    "default_order",
    "has_capitals",
    "known_total",
    "parquet_fields",
    "parse_cursor",
    "parse_filters",
    "parse_groupings",
    "parse_having",
    "parse_measures",
    "parse_order",
    "parse_value",
    "plain",
    "queried_fields",
    "read_groups",
    "read_groups_of_file",
    "read_page",
    "read_page_of_file",
    "run",
    "run_on_copy",
    "run_on_file",
    "same_values",
    "select_fields",
    "sortable_fields",
    "total",
    "where_sql",
    "words_sql",
]
