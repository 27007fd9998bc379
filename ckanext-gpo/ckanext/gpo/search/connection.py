"""The object that CKAN takes for its connection to Solr: pysolr's four calls."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from typing import Any

import pysolr

from .beyond import Beyond
from .engine import Engine
from .errors import EngineError

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
        beyond = Beyond.taken_from(params)
        with solr_errors():
            answer = self.engine.search(q, params)
        beyond.answered(answer)
        if self.decode:
            for document in answer["response"]["docs"]:
                self.decode(document)
        return pysolr.Results(answer)

    def add(
        self, docs: Iterable[dict[str, Any]], commit: bool | None = None, **_: Any
    ) -> None:
        with solr_errors():
            self.engine.add(docs, commit=bool(commit))

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
            self.engine.delete(q, commit=bool(commit))

    def commit(self, **_: Any) -> None:
        self.engine.commit()


@contextmanager
def solr_errors() -> Iterator[None]:
    """Turn the engine's refusals into the error that CKAN expects of Solr."""
    try:
        yield
    except EngineError as error:
        raise pysolr.SolrError(str(error)) from error
