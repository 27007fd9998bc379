"""Puts the embedded engine behind CKAN's search calls, and takes it away again.

CKAN has no interface for its search engine: everything reaches Solr through
`ckan.lib.search.common.make_connection`, which several modules import by name, also in
other extensions. So the name is changed wherever it stands for CKAN's function, and our
function hands over to CKAN's as long as the engine is not installed: a module that
took the name over in between is right before and after.
"""

from __future__ import annotations

import os
import sys
from functools import cache
from types import SimpleNamespace
from typing import Any

from ckan.lib import search
from ckan.lib.search import common

from . import config
from .connection import Connection
from .engine import Engine
from .solr_schema import ckan_schema_text

SOLR_CONNECTION = common.make_connection
SOLR_SCHEMA = search._get_schema_from_solr


def make_connection(decode_dates: bool = True) -> Any:
    """A connection to the embedded engine while it is installed, else to Solr."""
    if common.make_connection is not make_connection:
        return SOLR_CONNECTION(decode_dates)
    decode = common.solr_datetime_decoder if decode_dates else None
    # A forked process opens the index for itself.
    return Connection(engine(str(config.index_path()), os.getpid()), decode)


@cache
def engine(path: str, process: int) -> Engine:
    """The one engine of a process for a path."""
    del process
    return Engine(config.Path(path))


def schema_response(file_offset: str) -> Any:
    """CKAN's own schema, where Solr would be asked for the one that it uses."""
    del file_offset
    return SimpleNamespace(text=ckan_schema_text(), raise_for_status=lambda: None)


def install(*, installed: bool = True) -> None:
    """Use the embedded engine; with `installed=False` use Solr again."""
    now, then = (
        (SOLR_CONNECTION, make_connection)
        if installed
        else (make_connection, SOLR_CONNECTION)
    )
    for module in list(sys.modules.values()):
        if module.__name__ != __name__ and vars(module).get("make_connection") is now:
            module.make_connection = then
    search._get_schema_from_solr = schema_response if installed else SOLR_SCHEMA
