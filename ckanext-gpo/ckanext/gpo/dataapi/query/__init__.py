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
    column_types,
    parquet_fields,
    where_sql,
    words_sql,
)
from .conditions import parse_filters, same_values
from .errors import MissingRows, QueryError
from .fields import Field, Fields, queried_fields, select_fields
from .order import (
    Order,
    default_order,
    parse_cursor,
    parse_order,
    sortable_fields,
)
from .records import COUNTED, Page, Selection, Total, count, read_page, total
from .running import Run, run
from .sums import Grouping, Measure, parse_groupings, parse_measures, read_groups
from .values import Value, parse_value, plain

__all__ = [
    "COUNTED",
    "ColumnTypes",
    "Field",
    "Fields",
    "Grouping",
    "Measure",
    "MissingRows",
    "Order",
    "Page",
    "QueryError",
    "Run",
    "Selection",
    "Sql",
    "Total",
    "Value",
    "column_types",
    "count",
    "default_order",
    "parquet_fields",
    "parse_cursor",
    "parse_filters",
    "parse_groupings",
    "parse_measures",
    "parse_order",
    "parse_value",
    "plain",
    "queried_fields",
    "read_groups",
    "read_page",
    "run",
    "same_values",
    "select_fields",
    "sortable_fields",
    "total",
    "where_sql",
    "words_sql",
]
