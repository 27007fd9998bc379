"""Where single rows have their pages: records, and the dossiers of projects and enterprises.

Which pages these are, the plugin that has them says.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import ckan.plugins as p
import ckan.plugins.toolkit as tk

from ckanext.gpo.common import dossiers
from ckanext.gpo.common.notices import Link

from .records import record_query
from .search_kinds import NAME


class IRowPages(p.Interface):
    """A plugin that has a page for every record, and for every dossier."""

    def record_endpoint(self) -> str:
        """The page of a record; it takes the dataset as `id`, the rest as a query string."""
        raise NotImplementedError

    def dossier_endpoints(self) -> Mapping[str, str]:
        """Kind of dossier → its page, which takes `code`."""
        raise NotImplementedError


def dossier_link(kind: str, code: Any) -> Link | None:
    """The dossier of a code; None for what is no code of that kind.

    :param kind: `project` or `enterprise`; empty for what has no dossier
    """
    if not dossiers.is_code(kind, code):
        return None
    for plugin in p.PluginImplementations(IRowPages):
        return Link(plugin.dossier_endpoints()[kind], {"code": code})
    return None


def address_patterns() -> dict[str, str]:
    """`record` and kinds of dossiers → the address of one, `search_kinds.NAME` in place of
    its code; of a record in place of its dataset, and without its key."""
    patterns: dict[str, str] = {}
    for plugin in p.PluginImplementations(IRowPages):
        patterns["record"] = tk.url_for(plugin.record_endpoint(), id=NAME)
        for kind, endpoint in plugin.dossier_endpoints().items():
            patterns[kind] = tk.url_for(endpoint, code=NAME)
    return patterns


def record_address(
    dataset_name: str, record: Mapping[str, Any], version: int | None = None
) -> str:
    """The address of a record's page; empty if it has none.

    :param record: its primary key at least
    :param version: number of the version that is cited
    """
    query = record_query(dataset_name, record, version)
    for plugin in p.PluginImplementations(IRowPages):
        page = tk.url_for(plugin.record_endpoint(), id=dataset_name)
        return f"{page}?{query}" if query else ""
    return ""
