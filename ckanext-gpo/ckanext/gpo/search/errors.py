"""What the engine refuses, before the connection turns it into CKAN's own errors.

EngineError
├── QueryError      a query, sort or paging value that Solr would answer with 400
│   └── CostError   it asks for more work than one search may take
├── DocumentError   a value that does not fit the type of its field
├── DiskError       the folder of the index cannot be written: full, or not ours
└── BusyError       a new index is being built by another process
"""

from __future__ import annotations

from collections.abc import Generator
from contextlib import contextmanager
from enum import Enum
from pathlib import Path


class EngineError(Exception):
    """The engine cannot do what it was asked; the message is for the caller."""


class QueryError(EngineError):
    """The request is not one that Lucene syntax or Solr's parameters allow."""


class Excess(Enum):
    """What a request has too much of; the values are for programs."""

    CLAUSES = "too-many-clauses"
    PATTERNS = "too-many-patterns"
    COMPLEX_PATTERN = "pattern-too-complex"
    NESTING = "nested-too-deeply"
    LENGTH = "too-long"
    VALUES = "too-many-values"


class CostError(QueryError):
    """The request asks for more work than one search may take."""

    def __init__(self, excess: Excess, reason: str) -> None:
        super().__init__(reason)
        self.excess = excess


class DocumentError(EngineError):
    """A document holds a value that does not fit the type of its field."""


class DiskError(EngineError):
    """The index cannot be written; what waits is kept, and goes on once it can."""

    def __init__(self, folder: Path, reason: Exception) -> None:
        super().__init__(
            f"Cannot write the search index in {folder}: {reason}. "
            "Free some space or mend its permissions; what waits is kept and is "
            "written by itself then"
        )


class BusyError(EngineError):
    """Only one process at a time may build a new index."""


@contextmanager
def disk_errors(folder: Path) -> Generator[None]:
    """What the engine's writer, or the system, cannot write in a folder."""
    try:
        yield
    except (ValueError, OSError) as error:
        raise DiskError(folder, error) from error
