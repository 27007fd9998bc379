"""The object that CKAN takes for its connection to Solr: pysolr's four calls."""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from typing import Any

import pysolr
from flask import has_request_context, request

import ckan.plugins.toolkit as tk
from ckan.lib.search import SearchQueryError

from ckanext.gpo.search.engine import Engine
from ckanext.gpo.search.errors import CostError, DiskError, EngineError, Excess
from ckanext.gpo.search.index import REFERENCE

from .passthrough import Passthrough

log = logging.getLogger(__name__)

Decoder = Callable[[dict[str, Any]], dict[str, Any]]


class Connection:
    """Searches and writes the embedded index; what it refuses is a `SolrError`."""

    def __init__(self, engine: Engine, decode: Decoder | None = None) -> None:
        self.engine = engine
        self.decode = decode
        self.url = str(engine.folder)

    def search(self, q: str, search_handler: Any = None, **params: Any) -> Any:
        """A `pysolr.Results`; with `decode` dates are datetime objects in it."""
        del search_handler
        passthrough = Passthrough.taken_from(params)
        reference = None if somebody_waits() else REFERENCE.fullmatch(q)
        with solr_errors():
            answer = (
                self.engine.look_up(reference["reference"], q, params)
                if reference
                else self.engine.search(q, params)
            )
        passthrough.answered(answer)
        if self.decode:
            for document in answer["response"]["docs"]:
                self.decode(document)
        return pysolr.Results(answer)

    def add(
        self, docs: Iterable[dict[str, Any]], commit: bool | None = None, **_: Any
    ) -> None:
        """Keep documents; who waits for it sees them at once, others together."""
        with solr_errors():
            self.engine.add(docs, commit=bool(commit), wait=somebody_waits())

    def delete(
        self,
        id: str | list[str] | None = None,
        q: str | None = None,
        commit: bool | None = None,
        **_: Any,
    ) -> None:
        """Delete by unique key or by query.

        :raises ValueError: neither is given, or both are
        """
        if (id is None) == (q is None):
            raise ValueError("You must specify either 'id' or 'q'.")
        if q is None:
            ids = [id] if isinstance(id, str) else id or []
            q = " OR ".join(f'index_id:"{key}"' for key in ids)
        with solr_errors():
            self.engine.delete(q, commit=bool(commit), wait=somebody_waits())

    def commit(self, **_: Any) -> None:
        with solr_errors():
            self.engine.commit()


class Collector(Connection):
    """Searches as ever, but keeps the documents that CKAN has made to itself."""

    def __init__(self, connection: Connection) -> None:
        super().__init__(connection.engine, connection.decode)
        self.documents: list[dict[str, Any]] = []

    def add(
        self, docs: Iterable[dict[str, Any]], commit: bool | None = None, **_: Any
    ) -> None:
        self.documents += docs

    def delete(self, *_: Any, **__: Any) -> None:
        """CKAN takes out what is deleted, and here is nothing yet."""

    def commit(self, **_: Any) -> None:
        """Whoever collects does that."""


def somebody_waits() -> bool:
    """Whether a person, or a program, waits for an answer to a request of theirs.

    A harvest, a job or a command makes many changes, which go into the index together.
    They too stand in a request of Flask, but in one that came from nowhere.
    """
    return has_request_context() and "REMOTE_ADDR" in request.environ


def _too_costly(error: CostError) -> SearchQueryError:
    """CKAN's error for a request that has to be changed, which is answered with 400."""
    advice = {
        Excess.CLAUSES: tk._("Too many words or conditions; leave some of them out."),
        Excess.PATTERNS: tk._(
            "Too many wildcards, fuzzy words, loose phrases or ranges of words; leave "
            "some of them out."
        ),
        Excess.COMPLEX_PATTERN: tk._(
            "A pattern is too complex; use a shorter one with fewer signs."
        ),
        Excess.NESTING: tk._("Too many brackets inside each other; use fewer."),
        Excess.LENGTH: tk._("A parameter is too long; shorten it."),
        Excess.VALUES: tk._("A parameter has too many values; leave some of them out."),
    }
    return SearchQueryError(f"[{error.excess.value}] {advice[error.excess]} ({error})")


@contextmanager
def solr_errors() -> Iterator[None]:
    """Turn the engine's refusals into the errors that CKAN expects of Solr, or has."""
    try:
        yield
    except DiskError as error:
        log.exception("Search index")
        raise pysolr.SolrError(
            tk._(
                "The search index can't be written: its disk is full, or its folder is "
                "not the site's own. Whoever runs the site finds the reason in its log"
            )
        ) from error
    except CostError as error:
        refusal = _too_costly(error)
    except EngineError as error:
        raise pysolr.SolrError(str(error)) from error
    else:
        return
    raise refusal  # without a cause: it says all, for a reader and not for a log
