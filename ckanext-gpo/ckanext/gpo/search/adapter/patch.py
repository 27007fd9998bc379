"""Puts the embedded engine behind CKAN's search calls, and takes it away again.

CKAN has no interface for its search engine: everything reaches Solr through
`ckan.lib.search.common.make_connection`, which several modules import by name, also in
other extensions. So the name is changed wherever it stands for CKAN's function.

CKAN 2.12 forgets a plugin before it tells the observers that it is unloaded, the plugin
itself among them. So our function looks whether the engine is still to be used: if not,
it puts CKAN's back everywhere and hands over to it. CKAN asks for a connection after
every change of plugins, which makes that happen at once.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from functools import cache
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import ckan.plugins as p
import ckan.plugins.toolkit as tk
from ckan.lib import search
from ckan.lib.search import common

from ckanext.gpo.search import config
from ckanext.gpo.search.engine import Engine
from ckanext.gpo.search.index import ckan_schema_text

from . import first_fill
from .connection import Collector, Connection

SOLR_CONNECTION = common.make_connection
SOLR_SCHEMA = search._get_schema_from_solr


def active() -> bool:
    """Whether the embedded engine is to be used.

    The address that we declare is that of no server. CKAN keeps it while it has unloaded
    all plugins to load them anew, as before each job, and asks whether its search is
    there: the engine answers for it then too.
    """
    return p.plugin_loaded("gpo_search") or tk.config.get("solr_url") == config.ADDRESS


def install(*, installed: bool = True) -> None:
    """Use the embedded engine; with `installed=False` use Solr again."""
    now, then = SOLR_CONNECTION, make_connection
    if not installed:
        now, then = then, now
    for module in list(sys.modules.values()):
        # A library may put in something that is no module, and has no name.
        names = vars(module)
        if names.get("__name__") != __name__ and names.get("make_connection") is now:
            names["make_connection"] = then
    search._get_schema_from_solr = schema_response if installed else SOLR_SCHEMA


def make_connection(decode_dates: bool = True) -> Any:
    """A connection to the embedded engine while it is to be used, else to Solr."""
    if not active():
        install(installed=False)
        return SOLR_CONNECTION(decode_dates)
    collector = _collector.get()
    if collector:
        return collector
    connection = embedded(decode_dates)
    first_fill.ensure_filled(connection.engine)
    return connection


def embedded(decode_dates: bool = True) -> Connection:
    """A connection to the embedded engine."""
    decode = common.solr_datetime_decoder if decode_dates else None
    # A forked process opens the index for itself.
    return Connection(_engine(config.index_path(), os.getpid()), decode)


_collector: ContextVar[Collector | None] = ContextVar("collector", default=None)


@contextmanager
def collect_documents() -> Iterator[Collector]:
    """Let CKAN make documents as it always does, and give them to us instead."""
    collector = Collector(embedded(decode_dates=False))
    token = _collector.set(collector)
    try:
        yield collector
    finally:
        _collector.reset(token)


@cache
def _engine(path: Path, process: int) -> Engine:
    """The one engine of a process for a path."""
    del process
    return Engine(path)


def schema_response(file_offset: str) -> Any:
    """CKAN's own schema, where Solr would be asked for the one that it uses."""
    del file_offset
    return SimpleNamespace(text=ckan_schema_text(), raise_for_status=lambda: None)
