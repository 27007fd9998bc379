"""Records of published tables, found by what people call them.

In: the rows of the DataStore tables that Data Packages describe. Out: records whose code,
name, address or document number is what somebody has typed: whole, in part, misspelled or
in pinyin.

    columns     which columns of a table are searched, and what the record is about
    text        one form of what says the same; pieces and sounds of it
    fit         how well a value is what was asked for
    index       an index of one table: written once, then read
    walk        terms → keys of one index, at a bounded cost
    retrieval   a query → candidates of one index
    shelf       the indexes of all tables on disk
    upkeep      the shelf made to hold what is published, and nothing else
    finding     candidates, read anew from the live table with the reader's rights

An index is derived from one state of a table and never changed. It only says where to
look: what a reader gets, and how much of it there is, is read from the live table.
"""

from __future__ import annotations

from .columns import Column, Role, SubjectColumn, searched_columns, subject_columns
from .fit import Fit, Level, best_fit
from .index import Record
from .marking import matched_spans
from .query import RecordQuery
from .retrieval import Candidate, beginning_keys, matching_keys, similar_keys
from .shelf import Shelf, TableState, missing_states, surplus_tables
from .walk import Walk

__all__ = [
    "Candidate",
    "Column",
    "Fit",
    "Level",
    "Record",
    "RecordQuery",
    "Role",
    "Shelf",
    "SubjectColumn",
    "TableState",
    "Walk",
    "beginning_keys",
    "best_fit",
    "matched_spans",
    "matching_keys",
    "missing_states",
    "searched_columns",
    "similar_keys",
    "subject_columns",
    "surplus_tables",
]
