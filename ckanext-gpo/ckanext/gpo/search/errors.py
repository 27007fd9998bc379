"""What the engine refuses, before the connection turns it into CKAN's own errors.

EngineError
├── QueryError      a query, sort or paging value that Solr would answer with 400
└── DocumentError   a value that does not fit the type of its field
"""

from __future__ import annotations


class EngineError(Exception):
    """The engine cannot do what it was asked; the message is for the caller."""


class QueryError(EngineError):
    """The request is not one that Lucene syntax or Solr's parameters allow."""


class DocumentError(EngineError):
    """A document holds a value that does not fit the type of its field."""
