"""CKAN's search calls to the engine, and its answers back to CKAN.

In: what CKAN and its extensions send to Solr, through `ckan.lib.search`. Out: Solr's
answers and errors. Everything that patches or passes by CKAN's own search is here.
"""

from __future__ import annotations

from . import caching, find_params, passthrough, patch, public_index
from .patch import active, embedded

__all__ = [
    "active",
    "caching",
    "embedded",
    "find_params",
    "passthrough",
    "patch",
    "public_index",
]
