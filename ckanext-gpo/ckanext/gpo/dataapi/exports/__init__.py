"""Writes the rows of a published version, or some of them, in the form that a reader wants.

In: the Parquet file of a version, where it lies, and what was asked of it (`Wish`).

Out: the pieces of a text as they are written (`stream`: CSV, TSV, JSON, NDJSON, XML, Turtle),
or a file in the folder of the export (`build`: XLSX, Parquet, Data Package); what describes a
CSV file to programs (`metadata`); and CKAN's dump of a table as one of these (`translate`). No
connection of PostgreSQL is held meanwhile, and memory does not grow with the rows: DuckDB
writes as fast as the reader reads.
"""

from .csvw import metadata
from .dump import translate
from .files import build
from .forms import BUILT, FORMS, Form
from .pipe import Pieces
from .rows import Export, Wish, open_export
from .texts import Spelling, stream

__all__ = [
    "BUILT",
    "FORMS",
    "Export",
    "Form",
    "Pieces",
    "Spelling",
    "Wish",
    "build",
    "metadata",
    "open_export",
    "stream",
    "translate",
]
