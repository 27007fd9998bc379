"""Writes the rows of a published version, or some of them, in the form that a reader wants.

In: the Parquet file of a version, where it lies, and what was asked of it (`Wish`).

Out: the pieces of a text as they are written (`stream`: CSV, TSV, JSON, NDJSON, XML, Turtle),
or a file in the folder of the export (`build`: XLSX, Parquet, Data Package); what describes a
CSV file to programs (`metadata`); CKAN's dump of a table as one of these (`translate`); and
what changed between two versions (`differences`). No connection of PostgreSQL is held
meanwhile, and memory does not grow with the rows: DuckDB writes as fast as the reader reads.
"""

from . import differences
from .compression import gzipped
from .csvw import metadata
from .dump import translate
from .files import build
from .forms import BUILT, FORMS, Form
from .parts import PIECE, FilePart
from .rows import Export, Wish, open_export
from .texts import ENCODINGS, HEADERS, Spelling, stream

__all__ = [
    "BUILT",
    "ENCODINGS",
    "FORMS",
    "HEADERS",
    "PIECE",
    "Export",
    "FilePart",
    "Form",
    "Spelling",
    "Wish",
    "build",
    "differences",
    "gzipped",
    "metadata",
    "open_export",
    "stream",
    "translate",
]
